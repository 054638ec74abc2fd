package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import java.util.Locale;

/**
 * What a drive is made as: a {@link Profile} and what overrides it.
 *
 * @param profile the profile's label
 * @param payload whether data and OOB are kept; without, only the rules are
 * @param seed places whatever is placed by chance
 * @param serial printable ASCII
 */
record CreationParameters(
        String profile,
        Geometry geometry,
        Limits limits,
        Capabilities capabilities,
        DurabilityClass durability,
        MediaTraits media,
        boolean payload,
        long seed,
        String serial) {
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
            "maxOpenPerLun",
            "maxActive",
            "zoned",
            "copy",
            "eraseFree",
            "eraseOpen",
            "class",
            "payload",
            "factoryBad",
            "randomBlocks",
            "shortBlocks",
            "endurance",
            "wearThreshold",
            "seed",
            "serial");

    /** As long as the serial number of an NVMe controller. */
    static final int MAX_SERIAL_BYTES = 20;

    static final long DEFAULT_SEED = 1;

    /** Checks what the fields ask of each other. */
    CreationParameters {
        if (geometry.sectorsPerBlock() % limits.wsMin() != 0) {
            throw new IllegalArgumentException("sectors=" + geometry.sectorsPerBlock() + " is no multiple of wsMin="
                    + limits.wsMin() + ", so that no block could ever be filled");
        }
        if (capabilities.zoned()) {
            checkZoned(geometry, limits, media);
        } else if (limits.maxActive() > 0) {
            throw new IllegalArgumentException(
                    "maxActive=" + limits.maxActive() + ": only a zoned drive limits its active blocks");
        }
    }

    static CreationParameters of(Parameters given) {
        Profile profile = Profile.of(given.choice("profile", Profile.SMALL.label(), Profile.LABELS));
        Geometry geometry = geometry(given, profile.geometry());
        Limits limits = limits(given, profile.limits());
        long seed = given.number("seed", DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        return new CreationParameters(
                profile.label(),
                geometry,
                limits,
                capabilities(given, profile.capabilities()),
                durability(given),
                media(given, profile, geometry, limits),
                given.isOn("payload", true),
                seed,
                serial(given, seed));
    }

    private static void checkZoned(Geometry geometry, Limits limits, MediaTraits media) {
        if (geometry.luns() != 1) {
            throw new IllegalArgumentException("zoned=on: zones know no LUNs, so channels=1 and luns=1; they are "
                    + geometry.channels() + " and " + geometry.lunsPerChannel());
        }
        if (limits.maxOpenPerLun() > 0) {
            throw new IllegalArgumentException(
                    "maxOpenPerLun=" + limits.maxOpenPerLun() + ": a zoned drive has one LUN, use maxOpen");
        }
        if (media.randomBlocks() > 0) {
            throw new IllegalArgumentException(
                    "randomBlocks=" + media.randomBlocks() + ": every zone is written in order");
        }
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

    private static Limits limits(Parameters given, Limits base) {
        int wsMin = given.integer("wsMin", base.wsMin(), 1, Limits.MAX_ADDRESSES);
        int wsOptOfBase = (base.wsOpt() + wsMin - 1) / wsMin * wsMin;
        return new Limits(
                wsMin,
                given.integer("wsOpt", wsOptOfBase, 1, Limits.MAX_ADDRESSES),
                given.integer("mwCunits", base.mwCunits(), 0, Ppa.MAX_BLOCKS),
                given.integer("maxOpen", base.maxOpen(), 0, Integer.MAX_VALUE),
                given.integer("maxOpenPerLun", base.maxOpenPerLun(), 0, Integer.MAX_VALUE),
                given.integer("maxActive", base.maxActive(), 0, Integer.MAX_VALUE));
    }

    private static Capabilities capabilities(Parameters given, Capabilities base) {
        boolean zoned = given.isOn("zoned", base.zoned());
        boolean eraseFree = given.isOn("eraseFree", zoned || base.eraseFree());
        boolean eraseOpen = given.isOn("eraseOpen", zoned || base.eraseOpen());
        if (zoned && !(eraseFree && eraseOpen)) {
            throw new IllegalArgumentException("zoned=on: a zone can be erased whether it is free or open, so that "
                    + "eraseFree and eraseOpen can't be off");
        }
        return new Capabilities(zoned, given.isOn("copy", base.copy()), eraseFree, eraseOpen);
    }

    private static DurabilityClass durability(Parameters given) {
        String label = given.choice(
                "class",
                DurabilityClass.PROTECTED.label(),
                ImmutableList.of(DurabilityClass.PROTECTED.label(), DurabilityClass.VOLATILE_PAIRS.label()));
        return DurabilityClass.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static MediaTraits media(Parameters given, Profile profile, Geometry geometry, Limits limits) {
        int mostBad = FactoryBadBlocks.most(geometry);
        int randomBlocks = given.integer("randomBlocks", 0, 0, geometry.blocksPerLun());
        int mostShort = BlockShapes.mostShort(geometry, randomBlocks, limits.wsMin());
        return new MediaTraits(
                given.integer("factoryBad", Math.min(profile.factoryBad(), mostBad), 0, mostBad),
                randomBlocks,
                given.integer("shortBlocks", 0, 0, mostShort),
                given.integer("endurance", profile.endurance(), 0, Integer.MAX_VALUE),
                given.integer("wearThreshold", profile.wearThreshold(), 0, MediaTraits.MAX_WEAR_INDEX));
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
