package io.ocssd.ftl.vblock;

import java.util.List;

/**
 * A vblock whose headers were found.
 *
 * @param header of any of its blocks
 * @param map where its sectors lie
 * @param blocks all of its blocks, by linear number
 * @param moves the blocks of all generations up to this one were found
 */
record FoundVblock(BlockHeader header, PlaceMap map, List<Integer> blocks, int moves) {}
