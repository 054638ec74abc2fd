package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.error.BusyException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Many tasks that use the vblocks of a target at the same time. Each writes, syncs, seals and erases vblocks of its own, and
 * reads those of all. Under the simulated scheduler one runs at a time, so the model needs no lock.
 */
final class StormTasks {
    /** A choice that is a seal. */
    private static final int SEAL = 90;

    private static final int MOST_TASKS = 6;
    private static final int MOST_STEPS = 60;
    private static final int MOST_BYTES = 20_000;
    private static final long BETWEEN_NANOS = 2_000_000;

    private final Drive drive;
    private final Vblocks vblocks;
    private final StormModel model;
    private final SideTargets sides;
    private final PlantedBug bug;
    private final SplittableRandom random;
    private final boolean faulty;
    private final int unitBytes;

    StormTasks(
            Drive drive,
            Vblocks vblocks,
            StormModel model,
            SideTargets sides,
            PlantedBug bug,
            boolean faulty,
            long choices) {
        this.drive = drive;
        this.vblocks = vblocks;
        this.model = model;
        this.sides = sides;
        this.bug = bug;
        this.faulty = faulty;
        this.random = new SplittableRandom(choices);
        this.unitBytes =
                drive.device().limits().wsMin() * drive.device().geometry().sectorBytes();
    }

    /** Runs them to their ends; throws the first failure when all have ended. */
    void run(Scheduler scheduler) throws Exception {
        List<VblockModel> orphans = new ArrayList<>(model.alive());
        int count = 1 + random.nextInt(MOST_TASKS);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Worker worker = new Worker(scheduler, random.split());
            for (int j = i; j < orphans.size(); j += count) {
                worker.closed.add(orphans.get(j));
            }
            tasks.add(scheduler.spawn("worker " + i, worker::work));
        }
        SplittableRandom dice = random.split();
        tasks.add(scheduler.spawn("side targets", () -> sides.work(drive, scheduler, dice)));
        Exception failure = null;
        for (Task task : tasks) {
            try {
                task.join();
            } catch (Exception e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** A writer and the model of its vblock. */
    private record Open(VblockWriter writer, VblockModel model) {}

    private final class Worker {
        private final Scheduler scheduler;
        private final SplittableRandom dice;
        private final List<Open> writers = new ArrayList<>();
        private final List<VblockModel> closed = new ArrayList<>();

        Worker(Scheduler scheduler, SplittableRandom dice) {
            this.scheduler = scheduler;
            this.dice = dice;
        }

        void work() throws Exception {
            int steps = 5 + dice.nextInt(MOST_STEPS);
            try (ReadHandle handle = vblocks.openHandle()) {
                for (int i = 0; i < steps; i++) {
                    if (dice.nextInt(4) == 0) {
                        scheduler.sleepUntil(scheduler.nanoTime() + dice.nextLong(BETWEEN_NANOS));
                    }
                    step(handle);
                }
            }
        }

        private void step(ReadHandle handle) throws IOException {
            int choice = dice.nextInt(100);
            if (writers.isEmpty() || choice < 8) {
                allocate();
            } else if (choice < 75) {
                write(any(writers), choice);
            } else if (choice < 85) {
                read(handle);
            } else if (choice < 92) {
                write(any(writers), choice);
            } else if (choice < 94) {
                Open open = any(writers);
                open.writer.close();
                letGo(open);
            } else {
                eraseOne();
            }
        }

        private void write(Open open, int choice) throws IOException {
            try {
                if (choice < 35) {
                    appendStaged(open);
                } else if (choice < 55) {
                    appendRaw(open);
                } else if (choice < 75) {
                    sync(open);
                } else {
                    seal(open);
                }
            } catch (DeviceException e) {
                // A program failed and there was no block left to go on in: what was synced stays.
                if (!faulty || vblocks.available(1) > 0) {
                    throw e;
                }
                open.writer.close();
                letGo(open);
            }
        }

        private void allocate() throws IOException {
            int width = 1 + dice.nextInt(Math.min(3, vblocks.maxWidth()));
            Stream stream = dice.nextBoolean() ? Stream.LOG : Stream.DATA;
            long tag = dice.nextLong();
            model.allocating();
            try {
                VblockWriter writer = vblocks.allocate(new VblockRequest(stream, width, tag));
                VblockModel made = new VblockModel(writer.vblock().id(), tag, width);
                model.add(made);
                writers.add(new Open(writer, made));
                model.allocated();
            } catch (NoSpaceException | BusyException e) {
                model.allocated();
                if (!writers.isEmpty()) {
                    write(any(writers), SEAL);
                }
                eraseOne();
            }
        }

        private void appendStaged(Open open) throws IOException {
            long most = Math.min(open.writer.remaining(true), MOST_BYTES);
            byte[] bytes = new byte[dice.nextInt((int) most + 1)];
            dice.nextBytes(bytes);
            int expected = open.model.appendedBytes();
            open.model.append(bytes);
            long offset = open.writer.append(ByteBuffer.wrap(bytes));
            assertThat(offset).as("offset of an append").isEqualTo(expected);
        }

        private void appendRaw(Open open) throws IOException {
            if (open.writer.remaining(false) < unitBytes) {
                return;
            }
            IoBuffer buffer = open.writer.takeBuffer();
            int units = 1 + dice.nextInt(buffer.capacity() / unitBytes);
            units = (int) Math.min(units, open.writer.remaining(false) / unitBytes);
            byte[] bytes = new byte[units * unitBytes];
            dice.nextBytes(bytes);
            buffer.bytes().clear().put(bytes).flip();
            int expected = open.model.appendedBytes();
            open.model.append(bytes);
            long offset = open.writer.append(buffer);
            assertThat(offset).as("offset of a raw append").isEqualTo(expected);
        }

        private void sync(Open open) throws IOException {
            model.calling();
            bug.sync(open.writer, dice);
            model.returned();
            open.model.synced();
        }

        private void seal(Open open) throws IOException {
            model.calling();
            open.writer.seal();
            model.returned();
            open.model.synced();
            open.model.sealed = true;
            letGo(open);
        }

        private void letGo(Open open) {
            writers.remove(open);
            closed.add(open.model);
        }

        private void eraseOne() throws IOException {
            if (closed.isEmpty()) {
                return;
            }
            VblockModel victim = closed.remove(dice.nextInt(closed.size()));
            Vblock vblock = vblocks.open(victim.id);
            victim.eraseBegun = true;
            model.calling();
            bug.erase(vblock, dice);
            model.returned();
            victim.erased = true;
        }

        /** Any vblock, which somebody else may append to or erase meanwhile. */
        private void read(ReadHandle handle) throws IOException {
            List<VblockModel> alive = model.alive();
            if (alive.isEmpty()) {
                return;
            }
            VblockModel chosen = any(alive);
            try {
                Vblock vblock = vblocks.open(chosen.id);
                long length = vblock.length();
                assertThat(length).as("length of vblock %x", chosen.id).isBetween((long) chosen.syncedBytes(), (long)
                        chosen.appendedBytes());
                int from = dice.nextInt((int) length + 1);
                ByteBuffer bytes = ByteBuffer.allocate(dice.nextInt((int) length - from + 1));
                vblock.read(handle, from, bytes);
                assertThat(ByteBuffer.wrap(chosen.content(), from, bytes.position()))
                        .as("vblock %x, %d bytes from %d", chosen.id, bytes.position(), from)
                        .isEqualTo(bytes.flip());
            } catch (NotFoundException e) {
                assertThat(chosen.eraseBegun)
                        .as("vblock %x is being erased", chosen.id)
                        .isTrue();
            }
        }

        private <T> T any(List<T> list) {
            return list.get(dice.nextInt(list.size()));
        }
    }
}
