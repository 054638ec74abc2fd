package io.ocssd.cli.frame;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes: {@code 4096}, {@code 64M} and {@code 64MiB} (2^20), {@code 64MB} (10^6). */
public final class Sizes implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([kmgtp]?)(i?b)?");
    private static final String PREFIXES = "kmgtp";

    /** Reads one, in bytes. */
    @Override
    public Long convert(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || (matcher.group(2).isEmpty() && "ib".equals(matcher.group(3)))) {
            throw new TypeConversionException("\"" + text + "\" is no size such as 4096, 64M or 1GiB");
        }
        long unit = "b".equals(matcher.group(3)) ? 1000 : 1024;
        long bytes = Long.parseLong(matcher.group(1));
        try {
            for (int i = matcher.group(2).isEmpty() ? -1 : PREFIXES.indexOf(matcher.group(2)); i >= 0; i--) {
                bytes = Math.multiplyExact(bytes, unit);
            }
        } catch (ArithmeticException e) {
            throw new TypeConversionException("\"" + text + "\" is more than 2^63 - 1 bytes");
        }
        return bytes;
    }
}
