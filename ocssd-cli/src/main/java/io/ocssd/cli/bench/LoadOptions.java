package io.ocssd.cli.bench;

import io.ocssd.cli.bench.load.Pattern;
import io.ocssd.cli.frame.Durations;
import io.ocssd.cli.frame.NumberSet;
import io.ocssd.cli.frame.Sizes;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What load to put on a device, as the user said it. */
final class LoadOptions {
    /** How requests arrive. */
    enum Arrivals {
        /** The next one when one has completed. */
        closed,
        /** By a Poisson process. */
        poisson
    }

    @Option(
            names = "--pattern",
            paramLabel = "PATTERN",
            converter = PatternConverter.class,
            defaultValue = "randread",
            description =
                    "seqwrite, randread, seqread, or mixed: random reads beside writes. Default: ${DEFAULT-VALUE}.")
    Pattern pattern;

    @Option(
            names = "--block-size",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Bytes of a request. Default: one sector to read, the drive's preferred unit to write.")
    Long blockSize;

    @Option(
            names = "--write-block-size",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Bytes of a write in mixed. Default: --block-size, or the preferred unit when that is more.")
    Long writeBlockSize;

    @Option(
            names = "--queue-depth",
            paramLabel = "N",
            description = "Reads under way; in seqwrite, writes under way on each LUN. Default: 1.")
    Integer queueDepth;

    @Option(
            names = "--write-queue-depth",
            paramLabel = "N",
            description = "Writes under way on each LUN in mixed. Default: 1.")
    Integer writeQueueDepth;

    @Option(
            names = "--luns",
            paramLabel = "N-M",
            converter = NumberSet.Converter.class,
            description = "The LUNs, by linear number, for example 0-3,8. Default: all.")
    NumberSet luns;

    @Option(
            names = "--write-luns",
            paramLabel = "N-M",
            converter = NumberSet.Converter.class,
            description = "The LUNs to write, when they are not those to read. Default: --luns.")
    NumberSet writeLuns;

    @Option(
            names = "--write-active",
            paramLabel = "N",
            description = "Write so many of the LUNs at a time, and move on to the next with every block."
                    + " Default: all of them.")
    Integer writeActive;

    @Option(
            names = "--arrivals",
            paramLabel = "HOW",
            defaultValue = "closed",
            description = "closed: the next request comes when one has completed; poisson: requests come at --rate,"
                    + " whatever the drive does, and latency begins when they come. In mixed, of the reads."
                    + " Default: ${DEFAULT-VALUE}.")
    Arrivals arrivals;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second, with --arrivals poisson.")
    Double rate;

    @Option(
            names = "--write-busy",
            paramLabel = "FRACTION",
            description = "For how much of the time each LUN that is written has a write under way. Default: 1,"
                    + " back to back.")
    Double writeBusy;

    /** How urgent reads are. */
    enum Urgency {
        /** They wait their turn. */
        normal,
        /** They go first, and suspend programs and erases where the drive can. */
        high
    }

    @Option(
            names = "--read-priority",
            paramLabel = "HOW",
            defaultValue = "normal",
            description =
                    "high: reads go before other work of their LUN, and suspend programs and erases where the drive"
                            + " can. Default: ${DEFAULT-VALUE}.")
    Urgency readPriority;

    @Option(
            names = "--read-blocks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Full blocks of each LUN to read; what is missing is written before."
                    + " Default: ${DEFAULT-VALUE}.")
    int readBlocks;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "0s",
            description = "Run so long before measuring. Default: ${DEFAULT-VALUE}.")
    long warmupNanos;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Measure so long, for example 500ms. Default: 1s, if no --count is given.")
    Long durationNanos;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Measure so many requests: of the reads, if there are any.")
    Long count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides places and arrivals. Default: ${DEFAULT-VALUE}.")
    long seed;

    /** Patterns by their label. */
    static final class PatternConverter implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String text) {
            for (Pattern each : Pattern.values()) {
                if (each.label().equals(text.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new TypeConversionException("\"" + text + "\" is none of seqwrite, randread, seqread, mixed");
        }
    }
}
