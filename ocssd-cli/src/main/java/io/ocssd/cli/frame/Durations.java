package io.ocssd.cli.frame;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations: {@code 10s}, {@code 500ms}, {@code 1.5m}, {@code 70us}; a plain number is seconds. */
public final class Durations implements ITypeConverter<Long> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ns|us|ms|s|m|h)?");

    /** Reads one, in nanoseconds. */
    @Override
    public Long convert(String text) {
        Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("\"" + text + "\" is no duration such as 10s, 500ms or 1.5m");
        }
        try {
            return new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(nanos(matcher.group(2))))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new TypeConversionException("\"" + text + "\" is more than 292 years");
        }
    }

    private static long nanos(String unit) {
        return switch (unit == null ? "s" : unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000_000_000;
        };
    }
}
