package io.ocssd.geometry.zns;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which zone is which block. A zoned drive publishes no parallel units; who knows or has measured how many it has says so, and
 * zones are dealt round to as many LUNs: with {@code n} of them zone {@code z} is block {@code z / n} of LUN {@code z mod n},
 * which is how drives of small zones lay them over their dies. Stateless.
 *
 * <p>Conventional zones are counted behind all others, whatever their place on the drive. They can't be blocks: nobody can
 * tell whether one was written to, and none can be erased. Behind the others they do not take the places of the first blocks of
 * a LUN, where a label has to be.
 *
 * <p>The number of LUNs is not kept by the drive; the label that is made on it knows, and refuses another one.
 */
final class ZoneDealing {
    private ZoneDealing() {}

    /**
     * Deals zones.
     *
     * @param zones of the drive, in their order
     * @param luns LUNs, no more than there are zones
     * @return the zones of LUN 0, then those of LUN 1 and so on, equally many of each; the last few may be left over
     */
    static List<KernelZone> deal(List<KernelZone> zones, int luns) {
        Predicate<KernelZone> conventional = KernelZone::conventional;
        List<KernelZone> ordered = Stream.concat(
                        zones.stream().filter(conventional.negate()),
                        zones.stream().filter(conventional))
                .toList();
        int blocksPerLun = ordered.size() / luns;
        List<KernelZone> dealt = new ArrayList<>(luns * blocksPerLun);
        for (int lun = 0; lun < luns; lun++) {
            for (int block = 0; block < blocksPerLun; block++) {
                dealt.add(ordered.get(block * luns + lun));
            }
        }
        return dealt;
    }
}
