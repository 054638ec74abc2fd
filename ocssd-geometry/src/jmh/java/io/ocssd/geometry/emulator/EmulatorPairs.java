package io.ocssd.geometry.emulator;

import io.ocssd.geometry.benchmark.SideBySide;
import java.util.Arrays;
import java.util.List;

/** {@link CommandBenchmark} beside its calibration, and the pairs of {@link CopyBenchmark} and {@link ImageBenchmark} side by side in one process. */
public final class EmulatorPairs {
    private EmulatorPairs() {}

    /**
     * Runs.
     *
     * @param arguments number of slices of each, then which pairs: "command", "copy", "image", those three if none is named;
     *     or "faults+", "trace+", "faults+trace+", alone: commands under these
     */
    public static void main(String[] arguments) throws Exception {
        int slices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        List<String> wanted = arguments.length > 1
                ? Arrays.asList(arguments).subList(1, arguments.length)
                : List.of("command", "copy", "image");
        for (String each : wanted) {
            switch (each) {
                case "command", "faults+", "trace+", "faults+trace+" -> commands(each, slices);
                case "copy" -> copies(slices);
                case "image" -> images(slices);
                default ->
                    throw new IllegalArgumentException(
                            "there are command, faults+, trace+, faults+trace+, copy and image, not " + each);
            }
        }
    }

    /** Commands under something have a process of their own: in one with others their calls are compiled for all of them. */
    private static void commands(String which, int slices) throws Exception {
        String over = which.equals("command") ? "" : which;
        CommandBenchmark drive = new CommandBenchmark();
        drive.over = over;
        drive.open();
        SideBySide.compare("command: " + over + "read", slices, drive::calibrationEmptyRing, drive::read);
        SideBySide.compare("command: " + over + "program", slices, drive::calibrationEmptyRing, drive::program);
        drive.close();
    }

    private static void copies(int slices) throws Exception {
        for (int blocks : new int[] {4, 256}) {
            CopyBenchmark pair = new CopyBenchmark();
            pair.sectors = 64;
            pair.blocks = blocks;
            pair.open();
            // Each of a pair has its own way through the drive.
            CopyBenchmark other = new CopyBenchmark();
            other.sectors = 64;
            other.blocks = blocks;
            other.open();
            SideBySide.compare("copy read blocks=" + blocks, slices, other::plainRead, pair::driveRead);
            SideBySide.compare("copy write blocks=" + blocks, slices, other::plainWrite, pair::driveWrite);
            pair.close();
            other.close();
        }
    }

    private static void images(int slices) throws Exception {
        for (int sectors : new int[] {1, 8, 64}) {
            ImageBenchmark pair = new ImageBenchmark();
            pair.sectors = sectors;
            pair.open();
            ImageBenchmark other = new ImageBenchmark();
            other.sectors = sectors;
            other.open();
            SideBySide.compare("image read sectors=" + sectors, slices, other::plainRead, pair::driveRead);
            SideBySide.compare("image write sectors=" + sectors, slices, other::plainWrite, pair::driveWrite);
            pair.close();
            other.close();
        }
    }
}
