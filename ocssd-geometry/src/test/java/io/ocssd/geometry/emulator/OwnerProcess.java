package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.error.BusyException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that opens an image and tells what it does, one line each, until it is killed. */
final class OwnerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    /**
     * Starts it.
     *
     * @param what "hold": writes 12 sectors and waits; "write": fills and erases blocks for ever
     */
    OwnerProcess(Path file, String what) throws IOException {
        this(file, what, "");
    }

    /** Starts it, and lets it open the image with parameters. */
    OwnerProcess(Path file, String what, String parameters) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProcess.class.getName(),
                        file.toString(),
                        what,
                        parameters)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    /** The next line, or null after the last. */
    String nextLine() throws IOException {
        return lines.readLine();
    }

    /** Kills it as {@code kill -9} does, and waits until it is dead; lines that it had written can still be read. */
    void kill() {
        // By its handle: the process itself would close our end of its output.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** What the other process runs. */
    public static void main(String[] arguments) throws Exception {
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + arguments[0] + arguments[2], Scheduler.real()))) {
            if (arguments[1].equals("hold")) {
                hold(rig);
            } else {
                write(rig);
            }
        } catch (BusyException e) {
            System.out.println(e);
        }
    }

    private static void hold(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.write(block, 4);
        rig.write(block + 4, 8);
        System.out.println("open");
        // Ends with the parent, too: its end of the pipe is closed then.
        while (System.in.read() >= 0) {}
    }

    /** A line for every command that completed: block, write pointer, erase count. */
    private static void write(Rig rig) throws Exception {
        while (true) {
            for (int block = 0; block < rig.geometry.blocks(); block++) {
                long ppa = rig.geometry.blockPpa(block);
                if (rig.state(ppa) == BlockState.CLOSED) {
                    rig.erase(ppa);
                    say(rig, block);
                }
                while (rig.state(ppa) == BlockState.FREE || rig.state(ppa) == BlockState.OPEN) {
                    rig.write(ppa + rig.writePointer(ppa), rig.limits.wsMin());
                    say(rig, block);
                }
            }
        }
    }

    private static void say(Rig rig, int block) throws Exception {
        long ppa = rig.geometry.blockPpa(block);
        System.out.println(block + " " + rig.writePointer(ppa) + " " + rig.erases(ppa));
        if (System.out.checkError()) {
            System.exit(1);
        }
    }
}
