package io.ocssd.cli.frame;

import com.google.common.collect.ImmutableSortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers given as ranges: {@code 0-3,8}.
 *
 * @param numbers ascending
 */
public record NumberSet(ImmutableSortedSet<Integer> numbers) {
    /** Far above every count of LUNs or channels that fits an address. */
    private static final int MOST = 1 << 16;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /** Reads one. */
    public static final class Converter implements ITypeConverter<NumberSet> {
        @Override
        public NumberSet convert(String text) {
            TreeSet<Integer> numbers = new TreeSet<>();
            for (String part : text.split(",", -1)) {
                Matcher matcher = RANGE.matcher(part.strip());
                if (!matcher.matches()) {
                    throw new TypeConversionException("\"" + text + "\" is no list of numbers such as 0-3,8");
                }
                int first = Integer.parseInt(matcher.group(1));
                int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
                if (last < first || last >= MOST) {
                    throw new TypeConversionException("\"" + part + "\" is no range of numbers below " + MOST);
                }
                for (int i = first; i <= last; i++) {
                    numbers.add(i);
                }
            }
            return new NumberSet(ImmutableSortedSet.copyOf(numbers));
        }
    }
}
