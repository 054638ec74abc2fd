package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts at any moment of a file call: nothing fails, nothing is lost, and the thread stays interrupted. */
final class InterruptTest {
    private static final int PIECE = 64 << 10;

    @TempDir
    Path directory;

    private FileBacking backing(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new FileBacking(
                channel, () -> FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), () -> {});
    }

    @Test
    void threadsThatAreInterruptedAgainAndAgain() throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        try (FileBacking backing = backing(directory.resolve("bytes"))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                Thread thread = new Thread(() -> {
                    try {
                        // Until an interrupt has met a call; that it does so is what the other threads see to.
                        for (int round = 0; round < 200 || backing.reopenings() == 0; round++) {
                            writeAndRead(backing, number, round);
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            Thread interrupter = new Thread(() -> {
                SplittableRandom random = new SplittableRandom(1);
                while (!done.get()) {
                    threads.get(random.nextInt(threads.size())).interrupt();
                    Thread.yield();
                }
            });
            interrupter.start();
            for (Thread each : threads) {
                each.join();
            }
            done.set(true);
            interrupter.join();
            assertThat(failures).isEmpty();
            assertThat(backing.reopenings()).isPositive();
        }
    }

    private static void writeAndRead(FileBacking backing, int number, int round) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(PIECE);
        Rig.pattern(bytes, 0, PIECE, number, round);
        long offset = number * 1_000_003L;
        backing.write(bytes, offset);
        if (round % 16 == 0) {
            backing.force();
        }
        ByteBuffer again = ByteBuffer.allocateDirect(PIECE);
        backing.read(again, offset);
        assertThat(again.flip()).isEqualTo(bytes.flip());
    }

    @Test
    void theFlagIsStillSetBehindACall() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny");
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, Scheduler.real()))) {
            long block = rig.freeBlock(0);
            Thread.currentThread().interrupt();
            assertThat(rig.write(block, 4)).isEqualTo(Outcome.SUCCESS);
            assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
            rig.fill(block);
            assertThat(rig.read(block)).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void theLockIsTakenAgain() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny");
        ImageLock.Claim claim = ImageLock.claim(file);
        FileBacking backing = ImageFiles.backing(file, claim, ImageFiles.openLocked(file, claim));
        ByteBuffer page = ByteBuffer.allocateDirect(4096);
        assertThat(interruptedWhile(() -> {
                    while (backing.reopenings() == 0) {
                        backing.read(page.clear(), 0);
                    }
                }))
                .isNull();
        try (OwnerProcess child = new OwnerProcess(file, "hold")) {
            assertThat(child.nextLine()).contains("BusyException");
        }
        backing.close();
    }

    @Test
    void aFileThatWasReplacedMeanwhileIsNotWritten() throws Exception {
        Path file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny");
        ImageLock.Claim claim = ImageLock.claim(file);
        FileBacking backing = ImageFiles.backing(file, claim, ImageFiles.openLocked(file, claim));
        Files.move(file, directory.resolve("moved.img"));
        Files.write(file, new byte[1 << 20]);
        ByteBuffer page = ByteBuffer.allocateDirect(4096).put(0, (byte) 1);
        assertThat(interruptedWhile(() -> {
                    while (true) {
                        backing.write(page.clear(), 0);
                    }
                }))
                .hasMessageContaining("replaced");
        assertThat(Files.readAllBytes(file)).containsOnly(0);
        backing.close();
    }

    private interface Body {
        void run() throws Exception;
    }

    /** Interrupts a thread until it ends; returns what it threw, or null. */
    private static Throwable interruptedWhile(Body body) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (thread.isAlive()) {
            thread.interrupt();
            Thread.yield();
        }
        thread.join();
        return thrown.get();
    }

    @Test
    void aBackingThatWasClosedStaysClosed() throws Exception {
        FileBacking backing = backing(directory.resolve("bytes"));
        backing.close();
        backing.close();
        assertThatThrownBy(() -> backing.write(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(backing::force).isInstanceOf(ClosedChannelException.class);
    }
}
