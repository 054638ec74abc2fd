package io.ocssd.cli.frame;

import java.util.Locale;

/** Numbers as people read them. Reports for programs use plain base units instead. */
public final class Numbers {
    private static final String[] BINARY = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Numbers() {}

    /** A count with separators: 27,182. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Bytes by powers of two: 512 MiB. */
    public static String bytes(long value) {
        double scaled = value;
        int unit = 0;
        while (scaled >= 1024 && unit < BINARY.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return trim(scaled) + " " + BINARY[unit];
    }

    /** A duration in its best unit: 1.25 s. */
    public static String nanos(long value) {
        if (value >= 1_000_000_000) {
            return trim(value / 1e9) + " s";
        }
        if (value >= 1_000_000) {
            return trim(value / 1e6) + " ms";
        }
        return value >= 1_000 ? trim(value / 1e3) + " us" : value + " ns";
    }

    /** A rate in 10^6 bytes a second. */
    public static String rate(double megabytesPerSecond) {
        return trim(megabytesPerSecond) + " MB/s";
    }

    /** A quotient with three digits: 1.234. */
    public static String ratio(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String trim(double value) {
        String text = String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
