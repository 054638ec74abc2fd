package io.ocssd.geometry.emulator;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Several lives of one image, by a seed: each opens it, checks that everything is there that was ever told to be done and
 * nothing else, works on it, and ends by the death of the host or of the program at any write, or by closing.
 */
final class HostDeathLives {
    /** How lives ended. */
    enum End {
        HOST_DIED,
        HOST_DIED_OPENING,
        PROGRAM_DIED,
        CLOSED
    }

    private static final int DEPTH = 6;
    private static final int SECTORS = 16;
    private static final int MOST_LIVES = 5;

    /** What a block holds: how often it was erased, and the version of each sector that was programmed. */
    private record Held(int erases, int written, int[] versions) {}

    /** What may be found in a block: its state after the last command that completed, and after each submitted since. */
    private static final class Block {
        private final List<Held> possible = new ArrayList<>();

        private Block() {
            possible.add(new Held(0, 0, new int[SECTORS]));
        }

        private Held last() {
            return possible.get(possible.size() - 1);
        }
    }

    /** A command under way. */
    private record Sent(Block block, IoBuffer buffer) {}

    private final long seed;
    private final SplittableRandom random;
    private final HostDeathBug bug;
    private final CreationParameters creation;
    private final ImageLayout layout;
    private final Block[] blocks;
    private final Map<End, Integer> ends = new EnumMap<>(End.class);
    private byte[] content;
    private int nextVersion = 1;
    private int restored;

    HostDeathLives(long seed, HostDeathBug bug) throws IOException {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.bug = bug;
        // Sectors that share pages of the host, and sectors that are pages.
        String sector = random.nextBoolean() ? "&sectorBytes=512&oobBytes=8" : "&sectorBytes=4096&oobBytes=16";
        String drive = random.nextInt(3) == 0 ? "profile=zns-small&blocks=6" : "channels=2&luns=1&blocks=3";
        // A window, so that there is something that a power cut would take: the death of the host takes nothing of it.
        String pairs = random.nextInt(3) == 0 ? "&class=volatile-pairs&mwCunits=4" : "&mwCunits=0";
        String shape = "mem:?" + drive + "&factoryBad=0&sectors=" + SECTORS + "&wsMin=2&wsOpt=4" + pairs + sector;
        this.creation = CreationParameters.of(new Parameters(DeviceUri.parse(shape)));
        this.layout = new ImageLayout(creation.geometry(), true);
        this.blocks = new Block[creation.geometry().blocks()];
        Arrays.setAll(blocks, i -> new Block());
        HoldingBacking made = new HoldingBacking(new byte[(int) layout.bytes()], random, Long.MAX_VALUE);
        DriveImage.format(creation, layout, made);
        this.content = made.seen();
    }

    Map<End, Integer> ends() {
        return ends;
    }

    /** Openings that brought states back from the journal. */
    int restored() {
        return restored;
    }

    /** Runs all lives; null when all was well, else what was wrong. */
    String run() {
        int lives = 2 + random.nextInt(MOST_LIVES - 1);
        for (int life = 0; life <= lives; life++) {
            String wrong = live(life, life == lives);
            if (wrong != null) {
                return "seed=" + seed + ", life=" + life + ": " + wrong;
            }
        }
        return null;
    }

    private String live(int life, boolean last) {
        boolean hostDies = random.nextInt(5) > 0;
        Persistence persistence = hostDies ? Persistence.HOST : Persistence.values()[random.nextInt(2)];
        long calls =
                last || random.nextInt(6) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(random.nextBoolean() ? 12 : 150);
        int journalRecords = 4 + random.nextInt(30);
        HoldingBacking host = new HoldingBacking(content, random.split(), calls);
        End end = End.HOST_DIED_OPENING;
        try (Scheduler scheduler = Scheduler.real()) {
            DriveImage image = DriveImage.open(
                    "image", layout.bytes(), bug.plant(host, layout), null, persistence, journalRecords);
            restored += image.notes().isEmpty() ? 0 : 1;
            end = End.HOST_DIED;
            DeviceUri uri = DeviceUri.parse("emu:image?timing=off&persist=" + persistence.label());
            OpenParameters parameters = OpenParameters.of(new Parameters(uri), scheduler);
            FlashDevice device = EmulatorProvider.device(uri, image, "", parameters, scheduler);
            String wrong = check(device);
            if (wrong != null) {
                return wrong;
            }
            work(device, last ? 0 : 20 + random.nextInt(100));
            device.close();
            end = End.CLOSED;
        } catch (HoldingBacking.HostDied e) {
            end = hostDies ? end : End.PROGRAM_DIED;
        } catch (IOException e) {
            return e.toString();
        }
        ends.merge(end, 1, Integer::sum);
        content = hostDies ? host.afterDeath() : host.seen();
        return null;
    }

    private void work(FlashDevice device, int steps) throws IOException {
        IoQueue queue = device.openQueue(DEPTH);
        Geometry geometry = device.geometry();
        IoBufferPool buffers = new IoBufferPool(SECTORS * (geometry.sectorBytes() + geometry.oobBytes()), DEPTH);
        List<Sent> sent = new ArrayList<>();
        Completion completion = new Completion();
        for (int step = 0; step < steps; step++) {
            if (queue.inFlight() < DEPTH && random.nextInt(3) > 0) {
                submit(queue, geometry, buffers, sent);
            } else if (queue.poll(completion)) {
                complete(sent.get((int) completion.tag()), completion);
            }
        }
        while (queue.poll(completion)) {
            complete(sent.get((int) completion.tag()), completion);
        }
    }

    private void submit(IoQueue queue, Geometry geometry, IoBufferPool buffers, List<Sent> sent) throws IOException {
        int index = random.nextInt(blocks.length);
        Block block = blocks[index];
        Held before = block.last();
        IoCommand command = new IoCommand();
        IoBuffer buffer = null;
        if (before.written == SECTORS) {
            command.erase().add(geometry.blockPpa(index));
            block.possible.add(new Held(before.erases + 1, 0, new int[SECTORS]));
        } else {
            int sectors = Math.min(SECTORS - before.written, 2 * (1 + random.nextInt(4)));
            int oobFrom = sectors * geometry.sectorBytes();
            buffer = buffers.tryTake();
            command.write(buffer, 0).oob(buffer, oobFrom);
            int[] versions = before.versions.clone();
            for (int i = 0; i < sectors; i++) {
                long address = geometry.blockPpa(index) + before.written + i;
                int version = nextVersion++;
                command.add(address);
                Rig.pattern(buffer.bytes(), i * geometry.sectorBytes(), geometry.sectorBytes(), address, version);
                Rig.pattern(buffer.bytes(), oobFrom + i * geometry.oobBytes(), geometry.oobBytes(), address, ~version);
                versions[before.written + i] = version;
            }
            block.possible.add(new Held(before.erases, before.written + sectors, versions));
        }
        sent.add(new Sent(block, buffer));
        if (!queue.submit(command.tag(sent.size() - 1))) {
            throw new AssertionError("the queue is full");
        }
    }

    private void complete(Sent done, Completion completion) {
        if (completion.status() != 0) {
            throw new AssertionError("seed=" + seed + ": status " + completion.status());
        }
        done.block.possible.remove(0);
        if (done.buffer != null) {
            done.buffer.release();
        }
    }

    /** Compares every block with what it may be; from then on it is what it is. */
    private String check(FlashDevice device) throws IOException {
        Rig rig = new Rig(device);
        BlockReport report = device.report();
        for (int index = 0; index < blocks.length; index++) {
            Block block = blocks[index];
            int written = report.writePointer(index);
            long erases = report.eraseCount(index);
            Held found = null;
            for (Held each : block.possible) {
                if (each.written == written && each.erases == erases) {
                    found = each;
                }
            }
            if (found == null) {
                return "block=" + index + " has written=" + written + ", erases=" + erases + "; possible: "
                        + block.possible.stream()
                                .map(each -> each.written + "/" + each.erases)
                                .toList();
            }
            BlockState state = written == 0 ? BlockState.FREE : written < SECTORS ? BlockState.OPEN : BlockState.CLOSED;
            if (report.state(index) != state) {
                return "block=" + index + " is " + report.state(index) + " with written=" + written;
            }
            int window = state == BlockState.OPEN ? device.limits().mwCunits() : 0;
            for (int sector = 0; sector < written - window; sector++) {
                if (!isIntact(rig, rig.geometry.blockPpa(index) + sector, found.versions[sector])) {
                    return "block=" + index + ", sector=" + sector + " of written=" + written + ", erases=" + erases
                            + " is not what was programmed";
                }
            }
            block.possible.clear();
            block.possible.add(found);
        }
        return null;
    }

    private static boolean isIntact(Rig rig, long address, int version) throws IOException {
        return rig.read(address).equals(Rig.Outcome.SUCCESS)
                && Arrays.equals(rig.data(0), Rig.pattern(rig.geometry.sectorBytes(), address, version))
                && Arrays.equals(rig.oob(0), Rig.pattern(rig.geometry.oobBytes(), address, ~version));
    }
}
