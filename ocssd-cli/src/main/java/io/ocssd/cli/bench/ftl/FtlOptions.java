package io.ocssd.cli.bench.ftl;

import io.ocssd.policy.PolicyChoice;
import picocli.CommandLine.Option;

/** What to run, as the user said it. */
final class FtlOptions {
    /** Where moved pages go. */
    enum FrontierChoice {
        /** To the units that users write, too. */
        shared,
        /** To units of their own. */
        separate
    }

    /** What the FTL is told of a page. */
    enum StreamChoice {
        /** Nothing. */
        none,
        /** The class that the load put it in. */
        hint
    }

    @Option(
            names = "--overprovision",
            paramLabel = "F",
            defaultValue = "0.28",
            description = "Physical pages beyond the logical ones, by the logical ones. Default: ${DEFAULT-VALUE}.")
    double overprovision;

    @Option(
            names = "--pages-per-block",
            paramLabel = "B",
            defaultValue = "64",
            description = "Pages that are erased at once. Default: ${DEFAULT-VALUE}.")
    int pagesPerBlock;

    @Option(
            names = "--blocks",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Blocks of the drive. Default: ${DEFAULT-VALUE}.")
    int blocks;

    @Option(
            names = "--stripes",
            paramLabel = "K",
            defaultValue = "1",
            description = "Blocks that are written in turn, page by page. Default: ${DEFAULT-VALUE}.")
    int stripes;

    @Option(
            names = "--reserve",
            paramLabel = "R",
            defaultValue = "0",
            description = "Free blocks at which garbage collection begins, and which only it may open."
                    + " Default: as many as it may need at once, one for each stripe and stream.")
    int reserve;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "greedy",
            description = "Which block is emptied next, for example d-choices:d=5. Default: ${DEFAULT-VALUE}.")
    String policy;

    @Option(
            names = "--pacer",
            paramLabel = "NAME",
            defaultValue = "on-demand",
            description = "How much is done ahead, for example ladder:steps=4. Default: ${DEFAULT-VALUE}.")
    String pacer;

    @Option(
            names = "--wear",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "How erases are spread, for example levelled:gap=16. Default: ${DEFAULT-VALUE}.")
    String wear;

    @Option(
            names = "--streams",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "hint: the classes of a hotcold load go to blocks of their own. Default: ${DEFAULT-VALUE}.")
    StreamChoice streams;

    @Option(
            names = "--frontiers",
            paramLabel = "HOW",
            defaultValue = "shared",
            description = "Whether pages that are moved go to blocks of their own: shared or separate."
                    + " Default: ${DEFAULT-VALUE}.")
    FrontierChoice frontiers;

    @Option(
            names = "--workload",
            paramLabel = "LOAD",
            defaultValue = "uniform",
            description = "uniform; hotcold:F/R, where a share F of the pages gets a share R of the writes; zipf:THETA;"
                    + " zones:N, where N writers fill zones of a quarter of a block. Default: ${DEFAULT-VALUE}.")
    String workload;

    @Option(
            names = "--trim",
            paramLabel = "Q",
            defaultValue = "0",
            description = "Share of the requests that give a page up, any of those in use. Default: ${DEFAULT-VALUE}.")
    double trim;

    @Option(
            names = "--warmup",
            paramLabel = "U",
            defaultValue = "2",
            description = "Requests before it is measured, by the logical pages; loads that are not uniform need more."
                    + " Default: ${DEFAULT-VALUE}.")
    double warmup;

    @Option(
            names = "--measure",
            paramLabel = "U",
            defaultValue = "5",
            description = "Requests that are measured, by the logical pages. Default: ${DEFAULT-VALUE}.")
    double measure;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--table",
            description = "Run all that is known by theory or by an independent simulation; only --seed is looked at.")
    boolean table;

    /**
     * The run.
     *
     * @throws IllegalArgumentException when it is not possible
     */
    FtlSetup setup() {
        return new FtlSetup(
                overprovision,
                blocks,
                pagesPerBlock,
                stripes,
                reserve,
                frontiers == FrontierChoice.separate,
                streams == StreamChoice.hint,
                PolicyChoice.parse(policy),
                PolicyChoice.parse(pacer),
                PolicyChoice.parse(wear),
                LoadChoice.parse(workload),
                trim,
                warmup,
                measure,
                seed);
    }
}
