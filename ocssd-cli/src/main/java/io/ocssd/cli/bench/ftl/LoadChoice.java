package io.ocssd.cli.bench.ftl;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load by its name: {@code uniform}, {@code hotcold:0.2/0.8}, {@code zipf:0.99}, {@code zones:4}.
 *
 * @param kind of load
 * @param first of the hot share, theta, or the number of writers
 * @param second the share of the writes that the hot pages get
 */
record LoadChoice(Kind kind, double first, double second) {
    /** What is written. */
    enum Kind {
        /** Any page. */
        UNIFORM,
        /** Two classes of pages. */
        HOTCOLD,
        /** Zipf's law. */
        ZIPF,
        /** Writers of whole zones. */
        ZONES
    }

    private static final Pattern HOT_COLD = Pattern.compile("hotcold:(0?\\.\\d+)/(0?\\.\\d+)");
    private static final Pattern ZIPF_LAW = Pattern.compile("zipf:(\\d?\\.?\\d+)");
    private static final Pattern ZONE_WRITERS = Pattern.compile("zones:(\\d{1,4})");
    /** Zones in a unit. */
    static final int ZONES_PER_UNIT = 4;

    static final LoadChoice UNIFORM_LOAD = new LoadChoice(Kind.UNIFORM, 0, 0);

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static LoadChoice parse(String text) {
        if (text.equals("uniform")) {
            return UNIFORM_LOAD;
        }
        Matcher hotCold = HOT_COLD.matcher(text);
        if (hotCold.matches()) {
            LoadChoice choice = new LoadChoice(
                    Kind.HOTCOLD, Double.parseDouble(hotCold.group(1)), Double.parseDouble(hotCold.group(2)));
            if (choice.first > 0 && choice.second > 0) {
                return choice;
            }
        }
        Matcher zipf = ZIPF_LAW.matcher(text);
        if (zipf.matches()) {
            return new LoadChoice(Kind.ZIPF, Double.parseDouble(zipf.group(1)), 0);
        }
        Matcher zones = ZONE_WRITERS.matcher(text);
        if (zones.matches() && Integer.parseInt(zones.group(1)) > 0) {
            return new LoadChoice(Kind.ZONES, Integer.parseInt(zones.group(1)), 0);
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no load such as uniform, hotcold:0.2/0.8, zipf:0.99 or zones:4");
    }

    /** Makes it. */
    PageLoad load(int pages, int pagesPerUnit, long seed) {
        return switch (kind) {
            case UNIFORM -> new UniformLoad(pages, seed);
            case HOTCOLD -> new HotColdLoad(pages, first, second, seed);
            case ZIPF -> new ZipfLoad(pages, first, seed);
            case ZONES -> {
                int zonePages = Math.max(1, pagesPerUnit / ZONES_PER_UNIT);
                int zones = pages / zonePages;
                if (zones <= first) {
                    throw new IllegalArgumentException(
                            "writers=" + (int) first + " have no zone left to go to: there are " + zones);
                }
                yield new ZonesLoad(pages, zonePages, (int) first, seed);
            }
        };
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case UNIFORM -> name;
            case HOTCOLD -> name + ":" + first + "/" + second;
            case ZIPF -> name + ":" + first;
            case ZONES -> name + ":" + (int) first;
        };
    }
}
