package io.ocssd.cli.target;

import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.NumberSet;
import io.ocssd.cli.frame.Sizes;
import io.ocssd.target.TargetShare;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which part of the drive a target is to have, and which budgets. */
final class ShareOptions {
    /** One of them. */
    private static final class Part {
        @Option(
                names = "--luns",
                paramLabel = "N-M",
                converter = NumberSet.Converter.class,
                description = "These LUNs by linear number, for example 0-3,8.")
        private NumberSet luns;

        @Option(
                names = "--lun-count",
                paramLabel = "N",
                description = "So many LUNs, on as many different channels as there are.")
        private Integer lunCount;

        @Option(
                names = "--capacity",
                paramLabel = "SIZE",
                converter = Sizes.class,
                description = "As many LUNs as hold so much, for example 64G; on a drive of one LUN, as many blocks.")
        private Long capacity;

        @Option(names = "--rest", description = "Everything that no other target has.")
        @SuppressWarnings("UnusedVariable") // what is so without the others
        private boolean rest;
    }

    @ArgGroup(multiplicity = "0..1")
    private Part part;

    @Option(
            names = "--overprovision",
            paramLabel = "FRACTION",
            description = "Of its usable blocks, so many are for garbage collection alone: 0.1 is a tenth.")
    private Double overprovision;

    @Option(
            names = "--open-blocks",
            paramLabel = "N",
            description =
                    "Blocks that it may have open for writing at the same time, at least 4; 0 for its part of what the drive's"
                            + " limit leaves.")
    private Integer openBlocks;

    @Option(
            names = "--window",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Memory for the windows of its vblocks open for writing; 0 for what each program gives it.")
    private Long windowBytes;

    /** The part that was asked for. */
    Optional<TargetShare> share() {
        if (part == null) {
            return Optional.empty();
        }
        try {
            if (part.luns != null) {
                return Optional.of(TargetShare.luns(part.luns.numbers().asList()));
            }
            if (part.lunCount != null) {
                return Optional.of(TargetShare.lunCount(part.lunCount));
            }
            return Optional.of(part.capacity != null ? TargetShare.capacity(part.capacity) : TargetShare.rest());
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    Optional<Double> overprovision() {
        return Optional.ofNullable(overprovision);
    }

    Optional<Integer> openBlocks() {
        return Optional.ofNullable(openBlocks);
    }

    Optional<Long> windowBytes() {
        return Optional.ofNullable(windowBytes);
    }

    /** What the library found wrong without looking at the drive. */
    static Failure wrong(IllegalArgumentException error) {
        return Failure.usage(error.getMessage(), "--help of the verb says what can be asked for", error);
    }
}
