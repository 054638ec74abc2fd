package io.ocssd.geometry.emulator;

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
    TINY(new Geometry(2, 2, 16, 32, 4096, 16), new Limits(2, 4, 8, 0), 2);

    private final Geometry geometry;
    private final Limits limits;
    private final int factoryBad;

    Profile(Geometry geometry, Limits limits, int factoryBad) {
        this.geometry = geometry;
        this.limits = limits;
        this.factoryBad = factoryBad;
    }

    Geometry geometry() {
        return geometry;
    }

    Limits limits() {
        return limits;
    }

    /** Factory bad blocks of the whole drive. */
    int factoryBad() {
        return factoryBad;
    }

    /** The name as URIs write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
