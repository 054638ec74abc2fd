package io.ocssd.cli.device;

import io.ocssd.cli.frame.Failure;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as users write it: packed, in decimal or as {@code 0x..}, or by fields, {@code ch=0,lun=1,blk=7,sec=2} or
 * {@code grp=0,pu=1,chk=7,sec=2}; a field that is not given is 0.
 *
 * @param text as it was written
 * @param ppa packed; meaningless when it does not fit
 * @param fits whether every field fits a packed address
 */
record BlockAddress(String text, long ppa, boolean fits) {
    private static final Pattern FIELD = Pattern.compile("([a-z]+)=(\\d{1,9})");

    /** Reads one. */
    static BlockAddress parse(String text) {
        try {
            return text.contains("=") ? fields(text) : new BlockAddress(text, packed(text), true);
        } catch (NumberFormatException e) {
            throw wrong("\"" + text + "\" is no address");
        }
    }

    private static long packed(String text) {
        return text.startsWith("0x") || text.startsWith("0X")
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : Long.parseUnsignedLong(text);
    }

    private static BlockAddress fields(String text) {
        int[] values = {-1, -1, -1, -1};
        for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            Matcher matcher = FIELD.matcher(part.strip());
            if (!matcher.matches()) {
                throw wrong("\"" + part + "\" in \"" + text + "\" is no field such as blk=7");
            }
            int field = field(matcher.group(1), text);
            if (values[field] >= 0) {
                throw wrong(matcher.group(1) + " is given twice in \"" + text + "\"");
            }
            values[field] = Integer.parseInt(matcher.group(2));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, values[i]);
        }
        boolean fits = values[0] < Ppa.MAX_CHANNELS
                && values[1] < Ppa.MAX_CHANNELS
                && values[2] < Ppa.MAX_BLOCKS
                && values[3] < Ppa.MAX_BLOCKS;
        return new BlockAddress(text, fits ? Ppa.of(values[0], values[1], values[2], values[3]) : 0, fits);
    }

    private static int field(String name, String text) {
        return switch (name) {
            case "ch", "grp" -> 0;
            case "lun", "pu" -> 1;
            case "blk", "chk" -> 2;
            case "sec" -> 3;
            default ->
                throw wrong("\"" + name + "\" in \"" + text + "\" is none of ch, lun, blk, sec (or grp, pu, chk, sec)");
        };
    }

    private static Failure wrong(String why) {
        return Failure.usage(why, "addresses look like 0x100000000000000 or ch=1,lun=0,blk=7");
    }

    /** Its block's number in a report. */
    int blockIndex(Geometry geometry) {
        String hint = "see ocssd device info for the geometry";
        if (!fits) {
            throw Failure.refused("address " + text + " is outside the geometry, and outside every other", hint);
        }
        try {
            geometry.checkAddress(ppa);
        } catch (IllegalArgumentException e) {
            throw Failure.refused(e.getMessage(), hint);
        }
        return geometry.blockIndex(ppa);
    }
}
