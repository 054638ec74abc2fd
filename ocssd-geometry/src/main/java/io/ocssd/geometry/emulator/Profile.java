package io.ocssd.geometry.emulator;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.util.Locale;

/** Drives that can be made by name; every figure can be overridden. */
@SuppressWarnings("ImmutableEnumChecker") // its fields are records of ints
enum Profile {
    /** 512 MiB: the drive of the demo. */
    SMALL(new Geometry(4, 2, 64, 256, 4096, 16), new Limits(4, 8, 24, 0), 6),
    /** 7.5 GiB: the shape that qemu's model of a 2.0 drive has by default. */
    QEMU(new Geometry(2, 4, 60, 4096, 4096, 16), new Limits(4, 8, 24, 0), 0),
    /** 8 MiB: for tests. */
    TINY(new Geometry(2, 2, 16, 32, 4096, 16), new Limits(2, 4, 8, 0), 2),
    /**
     * 48 MiB of zones: one LUN, 16 zones, readable at once, no OOB, four open and six active at most. A zone holds 768 of
     * the 1024 sectors that it takes in the address space, the share that qemu's zoned model has by default.
     */
    ZNS_SMALL(new Geometry(1, 1, 16, 768, 4096, 0), new Limits(1, 8, 0, 4, 0, 6), 0, Capabilities.ZONED);

    private final Geometry geometry;
    private final Limits limits;
    private final int factoryBad;
    private final Capabilities capabilities;

    Profile(Geometry geometry, Limits limits, int factoryBad) {
        this(geometry, limits, factoryBad, Capabilities.NONE);
    }

    Profile(Geometry geometry, Limits limits, int factoryBad, Capabilities capabilities) {
        this.geometry = geometry;
        this.limits = limits;
        this.factoryBad = factoryBad;
        this.capabilities = capabilities;
    }

    /** The profile with this label; there is one. */
    static Profile of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    Geometry geometry() {
        return geometry;
    }

    Limits limits() {
        return limits;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Factory bad blocks of the whole drive. */
    int factoryBad() {
        return factoryBad;
    }

    /** The name as URIs write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
