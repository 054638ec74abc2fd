package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;

/**
 * What a drive is made as: a {@link Profile} and what overrides it.
 *
 * @param profile the profile's label
 * @param seed places the factory bad blocks
 * @param factoryBad blocks of the whole drive that are bad from the start
 * @param serial printable ASCII
 */
record CreationParameters(String profile, Geometry geometry, Limits limits, long seed, int factoryBad, String serial) {
    static final ImmutableSet<String> NAMES = ImmutableSet.of(
            "profile",
            "channels",
            "luns",
            "blocks",
            "sectors",
            "sectorBytes",
            "oobBytes",
            "wsMin",
            "wsOpt",
            "mwCunits",
            "maxOpen",
            "seed",
            "factoryBad",
            "serial");

    /** As long as the serial number of an NVMe controller. */
    static final int MAX_SERIAL_BYTES = 20;

    static final long DEFAULT_SEED = 1;

    static CreationParameters of(Parameters given) {
        String label = given.choice("profile", Profile.SMALL.label(), Profile.LABELS);
        Profile profile = Profile.of(label);
        Geometry geometry = geometry(given, profile.geometry());
        Limits limits = limits(given, profile.limits(), geometry);
        long seed = given.number("seed", DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        int mostBad = FactoryBadBlocks.most(geometry);
        int factoryBad = given.integer("factoryBad", Math.min(profile.factoryBad(), mostBad), 0, mostBad);
        return new CreationParameters(label, geometry, limits, seed, factoryBad, serial(given, seed));
    }

    private static Geometry geometry(Parameters given, Geometry base) {
        return new Geometry(
                given.integer("channels", base.channels(), 1, Ppa.MAX_CHANNELS),
                given.integer("luns", base.lunsPerChannel(), 1, Ppa.MAX_CHANNELS),
                given.integer("blocks", base.blocksPerLun(), 1, Ppa.MAX_BLOCKS),
                given.integer("sectors", base.sectorsPerBlock(), 1, Ppa.MAX_BLOCKS),
                given.integer("sectorBytes", base.sectorBytes(), 512, 65536),
                given.integer("oobBytes", base.oobBytes(), 0, 64));
    }

    private static Limits limits(Parameters given, Limits base, Geometry geometry) {
        int wsMin = given.integer("wsMin", base.wsMin(), 1, Limits.MAX_ADDRESSES);
        int wsOptOfBase = (base.wsOpt() + wsMin - 1) / wsMin * wsMin;
        Limits limits = new Limits(
                wsMin,
                given.integer("wsOpt", wsOptOfBase, 1, Limits.MAX_ADDRESSES),
                given.integer("mwCunits", base.mwCunits(), 0, Ppa.MAX_BLOCKS),
                given.integer("maxOpen", base.maxOpen(), 0, Integer.MAX_VALUE));
        if (geometry.sectorsPerBlock() % wsMin != 0) {
            throw new IllegalArgumentException("sectors=" + geometry.sectorsPerBlock() + " is no multiple of wsMin="
                    + wsMin + ", so that no block could ever be filled");
        }
        return limits;
    }

    private static String serial(Parameters given, long seed) {
        // Mixed, so that drives of neighbouring seeds are easy to tell apart; the constant is 2^64 / golden ratio.
        long mixed = seed * 0x9E3779B97F4A7C15L;
        String serial = given.text("serial", String.format("EMU%016X", mixed ^ mixed >>> 32));
        boolean printable = serial.chars().allMatch(c -> c > ' ' && c <= '~');
        if (serial.isEmpty() || serial.length() > MAX_SERIAL_BYTES || !printable) {
            throw given.wrong("serial", serial, "1 to " + MAX_SERIAL_BYTES + " printable ASCII characters, no blanks");
        }
        return serial;
    }
}
