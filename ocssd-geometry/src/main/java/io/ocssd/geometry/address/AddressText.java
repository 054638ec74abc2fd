package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as people write it: a number or fields.
 *
 * <ul>
 *   <li>A number, decimal or {@code 0x..}, is 64 bits; which {@link AddressFormat} they are of is the reader's to know.
 *   <li>Fields name a sector in words: {@code ch=0,lun=1,blk=7,sec=2}, or {@code grp=0,pu=1,chk=7,sec=2} in those of
 *       Open-Channel SSD 2.0; in any order, and one that is left out is 0. With {@code pg}, as in
 *       {@code ch=0,lun=1,blk=7,pg=3,sec=2}, the sector is counted from the beginning of that page. A page is the unit of
 *       program: on a 2.0 drive, which has no word for it, {@code wsMin} sectors. Without {@code pg} it is counted from the
 *       beginning of the block.
 * </ul>
 *
 * <p>Immutable.
 */
public final class AddressText {
    private static final Pattern FIELD = Pattern.compile("([a-z]+)=(\\d{1,9})");
    private static final Pattern DECIMAL = Pattern.compile("\\d+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");
    private static final String HINT =
            "addresses look like 0x100000007000002, 72057594155368450 or ch=1,lun=0,blk=7,sec=2";

    private static final int CHANNEL = 0;
    private static final int LUN = 1;
    private static final int BLOCK = 2;
    private static final int PAGE = 3;
    private static final int SECTOR = 4;
    private static final int NOT_GIVEN = -1;

    private final String text;
    private final long number;
    /** Null when it is a number. */
    private final int[] fields;

    private AddressText(String text, long number, int[] fields) {
        this.text = text;
        this.number = number;
        this.fields = fields;
    }

    /**
     * Reads an address.
     *
     * @throws AddressSyntaxException when it is none; it has a hint
     */
    public static AddressText parse(String text) {
        String stripped = text.strip();
        if (stripped.contains("=")) {
            return new AddressText(text, 0, parseFields(text, stripped.toLowerCase(Locale.ROOT)));
        }
        boolean hexadecimal = HEXADECIMAL.matcher(stripped).matches();
        if (!hexadecimal && !DECIMAL.matcher(stripped).matches()) {
            throw wrong(quoted(text) + " is no address");
        }
        try {
            long number =
                    hexadecimal ? Long.parseUnsignedLong(stripped.substring(2), 16) : Long.parseUnsignedLong(stripped);
            return new AddressText(text, number, null);
        } catch (NumberFormatException e) {
            throw wrong(quoted(text) + " is no address: it has more than 64 bits");
        }
    }

    private static int[] parseFields(String text, String lowerCase) {
        int[] values = {NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN};
        for (String part : lowerCase.split(",", -1)) {
            Matcher matcher = FIELD.matcher(part.strip());
            if (!matcher.matches()) {
                throw wrong(quoted(part.strip()) + " in " + quoted(text) + " is no field such as blk=7");
            }
            int field = fieldOf(matcher.group(1), text);
            if (values[field] != NOT_GIVEN) {
                throw wrong(matcher.group(1) + " is given twice in " + quoted(text));
            }
            values[field] = Integer.parseInt(matcher.group(2));
        }
        return values;
    }

    private static int fieldOf(String name, String text) {
        return switch (name) {
            case "ch", "grp" -> CHANNEL;
            case "lun", "pu" -> LUN;
            case "blk", "chk" -> BLOCK;
            case "pg" -> PAGE;
            case "sec" -> SECTOR;
            case "pl" ->
                throw wrong("pl in " + quoted(text) + ": planes are of Open-Channel SSD 1.2, this drive has none");
            default ->
                throw wrong(quoted(name) + " in " + quoted(text)
                        + " is none of ch, lun, blk, pg, sec (or grp, pu, chk, sec)");
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static AddressSyntaxException wrong(String why) {
        return new AddressSyntaxException(why, HINT);
    }

    /** The text as it was written. */
    public String text() {
        return text;
    }

    /** Whether it is a number, and not fields. */
    public boolean isNumber() {
        return fields == null;
    }

    /**
     * The number.
     *
     * @return all 64 bits, unsigned
     * @throws IllegalStateException when it is not {@link #isNumber}
     */
    public long number() {
        if (fields != null) {
            throw new IllegalStateException("text=" + text + " is no number");
        }
        return number;
    }

    /**
     * The sector that the fields name, packed as {@link Ppa} says.
     *
     * @param pageSectors sectors of a page, at least 1: {@code wsMin} on a 2.0 drive
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     * @throws IllegalStateException when it {@link #isNumber}
     */
    public long ppa(Geometry geometry, int pageSectors) {
        if (fields == null) {
            throw new IllegalStateException("text=" + text + " has no fields");
        }
        if (pageSectors < 1) {
            throw new IllegalArgumentException("pageSectors=" + pageSectors);
        }
        Refusals refusals = new Refusals();
        int channel = refusals.check("channel", value(CHANNEL), geometry.channels());
        int lun = refusals.check("lun", value(LUN), geometry.lunsPerChannel());
        int block = refusals.check("block", value(BLOCK), geometry.blocksPerLun());
        int sector;
        if (fields[PAGE] == NOT_GIVEN) {
            sector = refusals.check("sector", value(SECTOR), geometry.sectorsPerBlock());
        } else {
            int pages = (geometry.sectorsPerBlock() + pageSectors - 1) / pageSectors;
            int page = refusals.check("page", value(PAGE), pages);
            int first = page * pageSectors;
            int inPage = Math.min(pageSectors, geometry.sectorsPerBlock() - first);
            sector = first + refusals.check("sector", value(SECTOR), inPage);
        }
        refusals.throwIfAny(text);
        return Ppa.of(channel, lun, block, sector);
    }

    private int value(int field) {
        return Math.max(0, fields[field]);
    }

    /** What is wrong with the fields, gathered. */
    private static final class Refusals {
        private final StringBuilder sentences = new StringBuilder();

        /** The value, or 0 when it is refused. */
        int check(String name, int value, int count) {
            if (value < count) {
                return value;
            }
            sentences
                    .append(sentences.length() == 0 ? "" : ", ")
                    .append(name + "=" + value + " is not in 0.." + (count - 1));
            return 0;
        }

        void throwIfAny(String text) {
            if (sentences.length() > 0) {
                throw new IllegalArgumentException(
                        "address " + text.strip() + " is outside the geometry: " + sentences);
            }
        }
    }

    /** An address in the words of Open-Channel SSD 2.0: {@code grp=0,pu=1,chk=7,sec=2}; {@link Ppa#toString} has the others. */
    public static String groupFields(long ppa) {
        return "grp=" + Ppa.channel(ppa) + ",pu=" + Ppa.lun(ppa) + ",chk=" + Ppa.block(ppa) + ",sec=" + Ppa.sector(ppa);
    }

    /** All 64 bits as {@code 0x..}, lower case, without leading zeros. */
    public static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    /** What {@link #parse} was given. */
    @Override
    public String toString() {
        return text;
    }
}
