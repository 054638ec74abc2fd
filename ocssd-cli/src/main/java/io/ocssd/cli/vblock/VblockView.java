package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Ranges;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.vblock.Vblock;
import java.util.List;

/**
 * A vblock as the verbs show it; the components are the keys of the JSON object.
 *
 * @param id as {@code 0x..}: it does not fit a number of every JSON reader
 * @param tag a number of the owner's
 * @param luns linear numbers, in the order of the stripe
 * @param lengthBytes of payload
 */
record VblockView(String id, String stream, long tag, int width, List<Integer> luns, long lengthBytes, boolean sealed) {
    static VblockView of(Vblock vblock) {
        return new VblockView(
                id(vblock.id()),
                vblock.stream().label(),
                vblock.tag(),
                vblock.width(),
                vblock.luns(),
                vblock.length(),
                vblock.isSealed());
    }

    /** An id the way {@link VblockId} reads it. */
    static String id(long id) {
        return "0x" + Long.toHexString(id);
    }

    /** Prints a table of them. */
    static void print(Session session, List<VblockView> vblocks) {
        Table table = new Table("id", "stream", ">tag", ">width", "luns", ">length", "state");
        for (VblockView each : vblocks) {
            table.row(
                    each.id(),
                    each.stream(),
                    each.tag(),
                    each.width(),
                    each.lunRanges(),
                    Numbers.bytes(each.lengthBytes()),
                    each.state());
        }
        table.print(session.out());
    }

    /** In a sentence: {@code vblock 0x1 on LUNs 0-3}. */
    String sentence() {
        return "vblock " + id + " on " + (luns.size() == 1 ? "LUN " : "LUNs ") + lunRanges();
    }

    String lunRanges() {
        return Ranges.of(luns.stream().sorted().toList());
    }

    String state() {
        return sealed ? "closed" : "open";
    }
}
