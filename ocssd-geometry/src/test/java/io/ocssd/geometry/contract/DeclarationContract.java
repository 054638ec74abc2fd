package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import java.util.EnumSet;
import java.util.Set;

/** What is declared of a drive is what it says about itself. */
abstract class DeclarationContract extends Theme {
    /** What can be seen without a command. */
    private static final Set<Trait> VISIBLE = EnumSet.range(Trait.CHUNKS, Trait.SHORT_BLOCKS);

    @ContractTest
    void theDeclarationAgreesWithTheDrive(Rig rig) throws Exception {
        Set<Trait> seen = visible(rig.device);
        EnumSet<Trait> declared = EnumSet.noneOf(Trait.class);
        for (Trait each : VISIBLE) {
            add(declared, each, rig.has(each));
        }
        assertThat(declared).isEqualTo(seen);
    }

    /** What can be seen of a drive without a command. */
    static Set<Trait> visible(FlashDevice device) throws GoneException {
        EnumSet<Trait> seen = EnumSet.noneOf(Trait.class);
        look(seen, device.capabilities());
        look(seen, device.geometry(), device.limits());
        look(seen, device.report());
        add(seen, Trait.VOLATILE_PAIRS, device.durability() == DurabilityClass.VOLATILE_PAIRS);
        add(seen, Trait.SEVERAL_BLOCKS, Rig.freeBlocks(device).size() >= 6);
        return seen;
    }

    private static void look(Set<Trait> seen, Capabilities capabilities) {
        add(seen, capabilities.zoned() ? Trait.ZONES : Trait.CHUNKS, true);
        add(seen, capabilities.copy() ? Trait.COPY : Trait.NO_COPY, true);
        add(seen, capabilities.eraseFree() ? Trait.ERASE_FREE : Trait.NO_ERASE_FREE, true);
        add(seen, capabilities.eraseOpen() ? Trait.ERASE_OPEN : Trait.NO_ERASE_OPEN, true);
    }

    private static void look(Set<Trait> seen, Geometry geometry, Limits limits) {
        int sectors = geometry.sectorsPerBlock();
        add(seen, Trait.GRANULAR, limits.wsMin() > 1);
        add(seen, Trait.WINDOW, limits.mwCunits() > 0);
        add(seen, Trait.OOB, geometry.oobBytes() > 0);
        add(seen, Trait.SEVERAL_LUNS, geometry.luns() > 1);
        add(seen, Trait.OPEN_LIMIT, limits.maxOpen() > 1);
        add(
                seen,
                Trait.OPEN_LIMIT_LUN,
                limits.maxOpenPerLun() > 0 && (limits.maxOpen() == 0 || limits.maxOpenPerLun() < limits.maxOpen()));
        add(seen, Trait.ACTIVE_LIMIT, limits.maxActive() > 0);
        add(seen, sectors <= Limits.MAX_ADDRESSES ? Trait.SMALL_BLOCKS : Trait.LARGE_BLOCKS, true);
        add(
                seen,
                Trait.SEVERAL_UNITS,
                sectors >= limits.mwCunits() + 5 * limits.wsMin() && sectors >= 3 * limits.wsOpt());
    }

    private static void look(Set<Trait> seen, BlockReport report) {
        int usual = report.geometry().sectorsPerBlock();
        for (int block = 0; block < report.geometry().blocks(); block++) {
            boolean offline = report.state(block) == BlockState.OFFLINE;
            boolean random = report.type(block) == BlockType.RANDOM;
            add(seen, Trait.OFFLINE_BLOCKS, offline);
            add(seen, Trait.RANDOM_BLOCKS, random && !offline);
            add(seen, Trait.SHORT_BLOCKS, report.sectors(block) < usual && !random && !offline);
        }
    }

    private static void add(Set<Trait> seen, Trait trait, boolean is) {
        if (is) {
            seen.add(trait);
        }
    }
}
