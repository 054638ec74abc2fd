package io.ocssd.geometry.emulator;

import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import java.util.ArrayList;
import java.util.List;

/** The emulated drives on which the contract is tried; the name of a shape is the parameters of its URI. */
public final class EmulatedShapes {
    /** What every emulated drive of chunks can do. */
    private static final Trait[] CHUNKS = {
        Trait.CHUNKS,
        Trait.NO_COPY,
        Trait.NO_ERASE_FREE,
        Trait.NO_ERASE_OPEN,
        Trait.ERASE_COUNTS,
        Trait.DULBE,
        Trait.MEDIA_FEEDBACK,
        Trait.PAGES,
        Trait.ERASE_DESCRIPTORS,
        Trait.PAYLOAD,
        Trait.SMALL_BLOCKS,
        Trait.SEVERAL_BLOCKS,
        Trait.SEVERAL_UNITS
    };
    /** What every emulated drive of zones can do. */
    private static final Trait[] ZONES = {
        Trait.ZONES,
        Trait.NO_COPY,
        Trait.ERASE_FREE,
        Trait.ERASE_OPEN,
        Trait.ERASE_COUNTS,
        Trait.DULBE,
        Trait.MEDIA_FEEDBACK,
        Trait.PAGES,
        Trait.PAYLOAD,
        Trait.SEVERAL_BLOCKS,
        Trait.SEVERAL_UNITS,
        Trait.OPEN_LIMIT,
        Trait.ACTIVE_LIMIT
    };

    /** One LUN, ws_min 1, no window; counts that are no powers of two. */
    static final Shape ONE_LUN = Shape.of(
                    "channels=1&luns=1&blocks=9&sectors=12&wsMin=1&wsOpt=3&mwCunits=0&factoryBad=1&oobBytes=16", CHUNKS)
            .with(Trait.OOB, Trait.OFFLINE_BLOCKS);
    /** Units and a window; OOB that is no multiple of anything. */
    static final Shape UNITS = Shape.of(
                    "channels=3&luns=1&blocks=8&sectors=32&wsMin=4&wsOpt=8&mwCunits=12&oobBytes=7&factoryBad=2", CHUNKS)
            .with(Trait.OOB, Trait.OFFLINE_BLOCKS, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Two channels of three LUNs, small sectors; a window that is no multiple of ws_min. */
    static final Shape LUNS = Shape.of(
                    "channels=2&luns=3&blocks=8&sectors=20&wsMin=2&wsOpt=4&mwCunits=7&sectorBytes=512&oobBytes=8"
                            + "&factoryBad=3&seed=9",
                    CHUNKS)
            .with(Trait.OOB, Trait.OFFLINE_BLOCKS, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** No OOB; capabilities that the others lack. */
    static final Shape CAPABLE = Shape.of(
                    "channels=1&luns=2&blocks=8&sectors=24&wsMin=4&wsOpt=4&mwCunits=4&oobBytes=0&factoryBad=1"
                            + "&copy=on&eraseFree=on&eraseOpen=on",
                    CHUNKS)
            .without(Trait.NO_COPY, Trait.NO_ERASE_FREE, Trait.NO_ERASE_OPEN)
            .with(Trait.COPY, Trait.ERASE_FREE, Trait.ERASE_OPEN)
            .with(Trait.OFFLINE_BLOCKS, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Copies with OOB, no window, any size. */
    static final Shape COPYING = Shape.of(
                    "channels=2&luns=2&blocks=5&sectors=16&wsMin=1&wsOpt=2&mwCunits=0&sectorBytes=512&oobBytes=8"
                            + "&factoryBad=0&copy=on",
                    CHUNKS)
            .without(Trait.NO_COPY)
            .with(Trait.COPY, Trait.OOB, Trait.SEVERAL_LUNS);
    /** The least that a drive can be. */
    static final Shape LEAST = Shape.of(
                    "channels=1&luns=1&blocks=1&sectors=1&wsMin=1&wsOpt=1&mwCunits=0&sectorBytes=512&oobBytes=1"
                            + "&factoryBad=0",
                    CHUNKS)
            .without(Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS)
            .with(Trait.OOB);
    /** Limits of open blocks. */
    static final Shape LIMITED = Shape.of(
                    "channels=2&luns=1&blocks=9&sectors=16&wsMin=2&wsOpt=4&mwCunits=4&sectorBytes=512&oobBytes=0"
                            + "&factoryBad=0&maxOpen=3&maxOpenPerLun=2&eraseOpen=on",
                    CHUNKS)
            .without(Trait.NO_ERASE_OPEN)
            .with(Trait.ERASE_OPEN, Trait.OPEN_LIMIT, Trait.OPEN_LIMIT_LUN)
            .with(Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Blocks that no command fills. */
    static final Shape LARGE = Shape.of(
                    "channels=1&luns=2&blocks=8&sectors=150&wsMin=3&wsOpt=6&mwCunits=12&sectorBytes=512&oobBytes=16"
                            + "&factoryBad=0",
                    CHUNKS)
            .without(Trait.SMALL_BLOCKS)
            .with(Trait.LARGE_BLOCKS, Trait.OOB, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Blocks that are written anywhere, and blocks of another size. */
    static final Shape UNUSUAL = Shape.of(
                    "channels=2&luns=1&blocks=12&sectors=24&wsMin=2&wsOpt=4&mwCunits=4&sectorBytes=512&oobBytes=8"
                            + "&factoryBad=1&randomBlocks=2&shortBlocks=3&eraseOpen=on&seed=4",
                    CHUNKS)
            .without(Trait.NO_ERASE_OPEN)
            .with(Trait.ERASE_OPEN, Trait.RANDOM_BLOCKS, Trait.SHORT_BLOCKS, Trait.OFFLINE_BLOCKS)
            .with(Trait.OOB, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Blocks that wear out. */
    static final Shape WORN = Shape.of(
                    "channels=2&luns=1&blocks=8&sectors=8&wsMin=1&wsOpt=2&mwCunits=1&sectorBytes=512&oobBytes=0"
                            + "&factoryBad=1&endurance=30&wearThreshold=20&seed=2",
                    CHUNKS)
            .with(Trait.WEARS_OUT, Trait.NOTIFIES_WEAR, Trait.OFFLINE_BLOCKS, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Rules without bytes. */
    static final Shape RULES_ONLY = Shape.of(
                    "channels=2&luns=2&blocks=8&sectors=24&wsMin=4&wsOpt=8&mwCunits=4&oobBytes=8&factoryBad=1"
                            + "&payload=off&copy=on",
                    CHUNKS)
            .without(Trait.NO_COPY, Trait.PAYLOAD)
            .with(Trait.COPY, Trait.OOB, Trait.OFFLINE_BLOCKS, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);
    /** Zones of the profile, smaller. */
    static final Shape ZONED =
            Shape.of("profile=zns-small&sectors=80&sectorBytes=512", ZONES).with(Trait.LARGE_BLOCKS);
    /** Zones with everything that zones can have. */
    static final Shape ZONED_ODD = Shape.of(
                    "profile=zns-small&blocks=12&sectors=24&wsMin=2&wsOpt=4&mwCunits=4&sectorBytes=512&oobBytes=8"
                            + "&maxOpen=2&maxActive=3&factoryBad=1&copy=on",
                    ZONES)
            .without(Trait.NO_COPY)
            .with(Trait.COPY, Trait.SMALL_BLOCKS, Trait.OOB, Trait.GRANULAR, Trait.WINDOW, Trait.OFFLINE_BLOCKS);
    /** Completed programs that a power cut destroys. */
    static final Shape PAIRS = Shape.of(
                    "channels=2&luns=1&blocks=8&sectors=24&wsMin=2&wsOpt=4&mwCunits=8&sectorBytes=512&oobBytes=8"
                            + "&factoryBad=0&class=volatile-pairs",
                    CHUNKS)
            .with(Trait.VOLATILE_PAIRS, Trait.OOB, Trait.GRANULAR, Trait.WINDOW, Trait.SEVERAL_LUNS);

    private EmulatedShapes() {}

    /** All of them. */
    public static List<Shape> all() {
        return List.of(
                ONE_LUN,
                UNITS,
                LUNS,
                CAPABLE,
                COPYING,
                LEAST,
                LIMITED,
                LARGE,
                UNUSUAL,
                WORN,
                RULES_ONLY,
                ZONED,
                ZONED_ODD,
                PAIRS);
    }

    /** Some of them with more traits. */
    public static List<Shape> with(List<Shape> shapes, Trait... more) {
        List<Shape> all = new ArrayList<>();
        for (Shape each : shapes) {
            all.add(each.with(more));
        }
        return all;
    }
}
