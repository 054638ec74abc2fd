package io.ocssd.cli.device;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address as users write it: packed, in decimal or as {@code 0x..}, or by fields, {@code ch=0,lun=1,blk=7,sec=2} or
 * {@code grp=0,pu=1,chk=7,sec=2}; a field that is not given is 0.
 *
 * @param ppa packed
 */
record BlockAddress(long ppa) {
    private static final Pattern FIELD = Pattern.compile("([a-z]+)=(\\d{1,9})");

    /** Reads one. */
    static final class Converter implements ITypeConverter<BlockAddress> {
        @Override
        public BlockAddress convert(String text) {
            try {
                return new BlockAddress(text.contains("=") ? fields(text) : packed(text));
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no address such as 0x100000000000000 or ch=1,lun=0,blk=7");
            }
        }

        private static long packed(String text) {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseUnsignedLong(text);
        }

        private static long fields(String text) {
            int[] values = {-1, -1, -1, -1};
            for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
                Matcher matcher = FIELD.matcher(part.strip());
                if (!matcher.matches()) {
                    throw new TypeConversionException("\"" + part + "\" in \"" + text + "\" is no field such as blk=7");
                }
                int field = field(matcher.group(1), text);
                if (values[field] >= 0) {
                    throw new TypeConversionException(matcher.group(1) + " is given twice in \"" + text + "\"");
                }
                values[field] = Integer.parseInt(matcher.group(2));
            }
            try {
                return Ppa.of(
                        Math.max(0, values[0]), Math.max(0, values[1]), Math.max(0, values[2]), Math.max(0, values[3]));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("address " + text + " is outside every geometry: channels and LUNs"
                        + " go to " + (Ppa.MAX_CHANNELS - 1) + ", blocks and sectors to " + (Ppa.MAX_BLOCKS - 1));
            }
        }

        private static int field(String name, String text) {
            return switch (name) {
                case "ch", "grp" -> 0;
                case "lun", "pu" -> 1;
                case "blk", "chk" -> 2;
                case "sec" -> 3;
                default -> throw new TypeConversionException(
                        "\"" + name + "\" in \"" + text + "\" is none of ch, lun, blk, sec (or grp, pu, chk, sec)");
            };
        }
    }

    /** Its block's number in a report. */
    int blockIndex(Geometry geometry) {
        geometry.checkAddress(ppa);
        return geometry.blockIndex(ppa);
    }
}
