package io.ocssd.cli.frame;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.address.AddressSyntaxException;
import io.ocssd.geometry.address.AddressText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as users write it on the command line: packed, in decimal or as {@code 0x..}, or by fields,
 * {@code ch=0,lun=1,blk=7,sec=2}. A range stands for all addresses in it: {@code 0x10-0x1f}, or of any fields,
 * {@code ch=0-1,blk=7,sec=0-3}, the last field changing fastest.
 */
public final class AddressArgument {
    /** What to do about an address that a drive does not have. */
    public static final String GEOMETRY_HINT = "see ocssd device info for the geometry";

    /** More than that is no list that someone wants to read. */
    private static final int MOST = 1 << 20;

    private static final Pattern FIELD_RANGE = Pattern.compile("(=\\s*)(\\d{1,9})\\s*-\\s*(\\d{1,9})");
    private static final Pattern NUMBER_RANGE =
            Pattern.compile("(0[xX][0-9a-fA-F]+|\\d+)\\s*-\\s*(0[xX][0-9a-fA-F]+|\\d+)");

    private final AddressText text;

    private AddressArgument(AddressText text) {
        this.text = text;
    }

    /** Reads some; ranges are spread out. */
    public static ImmutableList<AddressArgument> parse(List<String> arguments) {
        ImmutableList.Builder<AddressArgument> addresses = ImmutableList.builder();
        int count = 0;
        for (String argument : arguments) {
            ImmutableList<String> spread = spread(argument);
            count += spread.size();
            if (count > MOST) {
                throw tooMany(argument);
            }
            spread.forEach(each -> addresses.add(new AddressArgument(read(each))));
        }
        return addresses.build();
    }

    private static AddressText read(String text) {
        try {
            return AddressText.parse(text);
        } catch (AddressSyntaxException e) {
            throw Failure.usage(e.getMessage(), e.hint(), e);
        }
    }

    private static ImmutableList<String> spread(String argument) {
        Matcher numbers = NUMBER_RANGE.matcher(argument.strip());
        if (numbers.matches()) {
            return spreadNumbers(
                    argument,
                    read(numbers.group(1)).number(),
                    read(numbers.group(2)).number());
        }
        Matcher range = FIELD_RANGE.matcher(argument);
        if (!range.find()) {
            return ImmutableList.of(argument);
        }
        long first = Long.parseLong(range.group(2));
        long last = Long.parseLong(range.group(3));
        checkRange(argument, first, last);
        ImmutableList.Builder<String> all = ImmutableList.builder();
        int count = 0;
        for (long value = first; value <= last; value++) {
            String one =
                    argument.substring(0, range.start()) + range.group(1) + value + argument.substring(range.end());
            ImmutableList<String> rest = spread(one);
            count += rest.size();
            if (count > MOST) {
                throw tooMany(argument);
            }
            all.addAll(rest);
        }
        return all.build();
    }

    private static ImmutableList<String> spreadNumbers(String argument, long first, long last) {
        checkRange(argument, first, last);
        ImmutableList.Builder<String> all = ImmutableList.builder();
        for (long number = first; Long.compareUnsigned(number, last) <= 0; number++) {
            all.add("0x" + Long.toHexString(number));
            if (number == -1) {
                break;
            }
        }
        return all.build();
    }

    private static void checkRange(String argument, long first, long last) {
        if (Long.compareUnsigned(last, first) < 0) {
            throw Failure.usage(
                    "the range in \"" + argument + "\" ends before it begins", "the smaller number comes first");
        }
        if (Long.compareUnsigned(last - first, MOST) >= 0) {
            throw tooMany(argument);
        }
    }

    private static Failure tooMany(String argument) {
        return Failure.usage("\"" + argument + "\" makes more than " + MOST + " addresses", "give smaller ranges");
    }

    /** As it was written, or what a range stands for. */
    public AddressText text() {
        return text;
    }

    /**
     * The sector on a drive, packed.
     *
     * @throws Failure when it is outside the geometry
     */
    public long ppa(Geometry geometry, Limits limits) {
        try {
            if (!text.isNumber()) {
                return text.ppa(geometry, limits.wsMin());
            }
            geometry.checkAddress(text.number());
            return text.number();
        } catch (IllegalArgumentException e) {
            throw Failure.refused(e.getMessage(), GEOMETRY_HINT);
        }
    }

    @Override
    public String toString() {
        return text.text();
    }
}
