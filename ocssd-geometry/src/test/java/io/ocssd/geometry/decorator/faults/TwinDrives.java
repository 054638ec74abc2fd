package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two drives of one shape that have met the same commands; a plan is let loose on one of them.
 *
 * <p>What the other answers is what the first must answer, faults aside. In place of a block that the plan has broken the
 * other one is asked for a block that it does not have, which it refuses at the same place in its order of checks.
 */
final class TwinDrives implements AutoCloseable {
    /** What was compared. */
    static final class Statistics {
        int commands;
        int refused;
        int struck;
        int splits;
        int damaged;

        @Override
        public String toString() {
            return commands + " commands, " + refused + " refused, " + struck + " met a fault, " + splits
                    + " lost a unit in the middle, " + damaged + " to damaged blocks";
        }
    }

    private static final int MOST = Limits.MAX_ADDRESSES;

    private final SplittableRandom random;
    private final Statistics statistics;
    private final Faults faults;
    private final TestDrive faulty;
    private final TestDrive plain;
    private final boolean zoned;
    private final boolean limited;
    private final int wsMin;
    /** Blocks that the plan has broken, and what a program of them is answered. */
    private final Map<Long, Integer> broken = new HashMap<>();
    /** Sectors of them that can be read; the others are absent, or all are unreadable on a dead LUN. */
    private final Map<Long, Integer> readable = new HashMap<>();

    private final Set<Long> dead = new HashSet<>();
    private boolean dulbe = true;

    TwinDrives(String shape, SplittableRandom random, Scheduler scheduler, Statistics statistics) throws Exception {
        this.random = random;
        this.statistics = statistics;
        this.faults = new Faults(1);
        this.faulty = new TestDrive(new FaultyDevice(TestDrive.memory(shape, scheduler), faults, scheduler));
        this.plain = new TestDrive(TestDrive.memory(shape, scheduler));
        this.zoned = plain.device.capabilities().zoned();
        this.wsMin = plain.limits.wsMin();
        Limits limits = plain.limits;
        this.limited = limits.maxOpen() + limits.maxOpenPerLun() + limits.maxActive() > 0;
    }

    static String shape(SplittableRandom random) {
        int wsMin = 1 + random.nextInt(3);
        // Now and then a block takes a command in full.
        int sectors = wsMin * (random.nextInt(5) == 0 ? 64 / wsMin : 2 + random.nextInt(9));
        String shape =
                "sectors=" + sectors + "&wsMin=" + wsMin + "&wsOpt=" + wsMin + "&sectorBytes=512&factoryBad=0&copy=on"
                        + "&mwCunits=" + (random.nextBoolean() ? 0 : random.nextInt(4)) + "&oobBytes="
                        + (random.nextBoolean() ? 0 : 8) + "&readNanos=100&programNanos=1000&eraseNanos=3000";
        if (random.nextInt(3) == 0) {
            int maxOpen = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
            return shape + "&zoned=on&channels=1&luns=1&blocks=8&maxOpen=" + maxOpen + "&maxActive="
                    + (random.nextInt(3) == 0 ? 0 : Math.max(1, maxOpen) + random.nextInt(3));
        }
        return shape + "&channels=1&luns=2&blocks=5&maxOpen=" + (random.nextBoolean() ? 0 : 1 + random.nextInt(3))
                + "&maxOpenPerLun=" + (random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2)) + "&randomBlocks="
                + random.nextInt(2) + "&shortBlocks=" + random.nextInt(2);
    }

    // ---- how they came to be

    /** Breaks some blocks of one drive, and writes some of the others on both. */
    void prepare() throws Exception {
        BlockReport report = plain.device.report();
        for (int block = 0; block < plain.geometry.blocks(); block++) {
            long ppa = plain.geometry.blockPpa(block);
            if (report.type(block) != BlockType.RANDOM && random.nextInt(6) == 0) {
                breakBlock(ppa);
            }
        }
        for (int block = 0; block < plain.geometry.blocks(); block++) {
            long ppa = plain.geometry.blockPpa(block);
            if (!broken.containsKey(ppa)) {
                write(ppa, sectors(ppa));
            }
        }
        if (!zoned && random.nextInt(8) == 0) {
            faults.arm(Fault.dead().lun(0, 1));
            faults.disarmAll();
            for (int i = 0; i < plain.geometry.blocksPerLun(); i++) {
                long ppa = plain.geometry.blockPpa(1, i);
                broken.put(ppa, 0x280);
                dead.add(ppa);
            }
        }
        if (random.nextInt(3) == 0) {
            dulbe = false;
            faulty.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
        }
    }

    private void breakBlock(long ppa) throws Exception {
        int size = sectors(ppa);
        int most = Math.min(size, MOST) / wsMin * wsMin;
        if (random.nextBoolean()) {
            int pointer = wsMin * random.nextInt(most / wsMin);
            faults.arm(Fault.earlyClose().at(ppa + pointer));
            assertThat(faulty.write(ppa, most)).isEqualTo(Answer.failed(0x2F1, pointer, most));
            readable.put(ppa, pointer);
            broken.put(ppa, zoned ? 0x1B9 : 0x280);
        } else {
            assertThat(faulty.write(ppa, size)).isEqualTo(Answer.SUCCESS);
            faults.arm(Fault.resetFail().block(ppa));
            assertThat(faulty.erase(ppa)).isEqualTo(Answer.failed(0x2C1, 0, 1));
            readable.put(ppa, 0);
            broken.put(ppa, zoned ? 0x1BB : 0x280);
        }
        assertThat(plain.write(ppa, size)).isEqualTo(Answer.SUCCESS);
        faults.disarmAll();
    }

    private void write(long ppa, int size) throws Exception {
        int length = Math.min(MOST, Math.min(size, wsMin * random.nextInt(size / wsMin + 2)));
        if (length > 0) {
            Answer answer = plain.write(ppa, length);
            assertThat(faulty.write(ppa, length)).isEqualTo(answer);
        }
        if (zoned && random.nextBoolean()) {
            int what = random.nextInt(3);
            assertThat(faulty.execute(manage(faulty, what, ppa))).isEqualTo(plain.execute(manage(plain, what, ppa)));
        }
    }

    private static IoCommand manage(TestDrive drive, int what, long ppa) {
        return switch (what) {
            case 0 -> drive.command().finish().add(ppa);
            case 1 -> drive.command().open().add(ppa);
            default -> drive.command().close().add(ppa);
        };
    }

    private int sectors(long ppa) throws Exception {
        return plain.device.report().sectors(plain.geometry.blockIndex(ppa));
    }

    private boolean isRandom(long ppa) throws Exception {
        return plain.device.report().type(plain.geometry.blockIndex(ppa)) == BlockType.RANDOM;
    }

    private long anyBlock() {
        return plain.geometry.blockPpa(random.nextInt(plain.geometry.blocks()));
    }

    /** A block that the drives do not have. */
    private long nowhere() {
        return Ppa.of(0, 0, plain.geometry.blocksPerLun() + 3, 0);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    // ---- commands

    /** Sends a command to both; false when they differ from now on. */
    boolean compareOne() throws Exception {
        statistics.commands++;
        faults.disarmAll();
        int dice = random.nextInt(10);
        if (dice < 3) {
            return read();
        }
        if (dice < 5) {
            return copy();
        }
        if (zoned && dice < 7) {
            return append();
        }
        return write();
    }

    private static List<int[]> runs(long[] targets) {
        List<int[]> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= targets.length; i++) {
            if (i == targets.length || Ppa.blockOf(targets[i]) != Ppa.blockOf(targets[from])) {
                runs.add(new int[] {from, i});
                from = i;
            }
        }
        return runs;
    }

    private long[] run(int room) throws Exception {
        long ppa = oneIn(40) ? nowhere() : anyBlock();
        boolean there = plain.geometry.contains(ppa);
        int pointer = there ? plain.writePointer(ppa) : 0;
        int left = (there ? sectors(ppa) : wsMin) - pointer;
        int first = pointer;
        int length = oneIn(3) && left > 0 ? left : wsMin * (1 + random.nextInt(8));
        if (left > 0 && !oneIn(12)) {
            length = Math.min(length, left);
        }
        if (there && isRandom(ppa)) {
            first = random.nextInt(sectors(ppa));
            length = Math.min(length, sectors(ppa) - first);
        }
        if (oneIn(15)) {
            length += oneIn(2) ? 1 : -1;
        }
        if (oneIn(15)) {
            first = Math.max(0, first + (oneIn(2) ? wsMin : -1));
        }
        length = Math.max(1, Math.min(length, room));
        long[] run = TestDrive.run(ppa + first, length);
        if (oneIn(30) && length > 1) {
            long swapped = run[0];
            run[0] = run[1];
            run[1] = swapped;
        }
        return run;
    }

    private long[] targets() throws Exception {
        long[] all = new long[0];
        for (int left = 1 + random.nextInt(5); left > 0 && all.length < MOST; left--) {
            long[] run = run(MOST - all.length);
            int end = all.length;
            all = Arrays.copyOf(all, end + run.length);
            System.arraycopy(run, 0, all, end, run.length);
        }
        return all;
    }

    /** Faults that programs meet: for each of these addresses by chance one. */
    private Map<Long, FaultKind> armPrograms(long[] targets) {
        Map<Long, FaultKind> armed = new HashMap<>();
        boolean together = oneIn(3);
        FaultKind one = oneIn(3) ? FaultKind.EARLY_CLOSE : FaultKind.NEXT_UNIT;
        for (long each : targets) {
            if (oneIn(6) && plain.geometry.contains(each)) {
                FaultKind kind = together ? random.nextBoolean() ? FaultKind.EARLY_CLOSE : FaultKind.NEXT_UNIT : one;
                if (armed.putIfAbsent(each, kind) == null) {
                    faults.arm((kind == FaultKind.EARLY_CLOSE ? Fault.earlyClose() : Fault.nextUnit()).at(each));
                }
            }
        }
        return armed;
    }

    private boolean write() throws Exception {
        boolean scalar = oneIn(4);
        long[] targets = scalar ? run(MOST) : targets();
        if (scalar) {
            Arrays.sort(targets);
            targets = TestDrive.run(targets[0], targets.length);
        }
        Map<Long, FaultKind> armed = armPrograms(targets);
        BlockReport before = faulty.device.report();
        Answer known = known(targets);
        Answer answer =
                scalar ? faulty.execute(faulty.writingRange(targets[0], targets.length)) : faulty.write(targets);
        String what = (scalar ? "scalar write " : "write ") + text(targets) + " with " + armed;
        return check(what, targets, targets, armed, known, answer, before);
    }

    private boolean append() throws Exception {
        long zone = anyBlock();
        int length = Math.min(MOST, run(MOST).length);
        long first = zone + (oneIn(8) ? 1 : 0);
        int pointer = plain.writePointer(zone);
        long[] targets = TestDrive.run(zone + pointer, length);
        Map<Long, FaultKind> armed = armPrograms(targets);
        BlockReport before = faulty.device.report();
        Answer known;
        if (broken.containsKey(zone)) {
            statistics.damaged++;
            known = Answer.failed(first != zone ? 0x002 : broken.get(zone), 0, length);
        } else {
            plain.pattern(targets);
            known = plain.execute(
                    plain.command().append(plain.out, 0).range(first, length).oob(plain.oobOut, 0));
        }
        faulty.pattern(targets);
        Answer answer = faulty.execute(
                faulty.command().append(faulty.out, 0).range(first, length).oob(faulty.oobOut, 0));
        String what = "append of " + length + " to " + Ppa.toString(first) + " at " + pointer + " with " + armed;
        if (known.status() == 0) {
            assertThat(faulty.completion.address()).as("address of " + what).isEqualTo(targets[0]);
        }
        return check(what, targets, targets, armed, known, answer, before);
    }

    private long elsewhere(long ppa) {
        int block = plain.geometry.blockIndex(ppa);
        return Ppa.of(0, 0, plain.geometry.blocksPerLun() + 4 + block, Ppa.sector(ppa));
    }

    /** What a program is answered when no fault is met. */
    private Answer known(long[] targets) throws Exception {
        long[] mapped = new long[targets.length];
        boolean touchesBroken = false;
        for (int i = 0; i < mapped.length; i++) {
            boolean is = broken.containsKey(Ppa.blockOf(targets[i]));
            touchesBroken |= is;
            // Each broken block is one of its own.
            mapped[i] = is ? elsewhere(targets[i]) : targets[i];
        }
        statistics.damaged += touchesBroken ? 1 : 0;
        plain.pattern(targets);
        IoCommand command = plain.command().write(plain.out, 0).oob(plain.oobOut, 0);
        for (long each : mapped) {
            command.add(each);
        }
        Answer answer = plain.execute(command);
        if (answer.failed() != 0) {
            Integer status = broken.get(Ppa.blockOf(targets[Long.numberOfTrailingZeros(answer.failed())]));
            return status == null ? answer : new Answer(status, answer.failed());
        }
        return answer;
    }

    /**
     * Compares a program.
     *
     * @param content addresses whose pattern the sectors have
     */
    private boolean check(
            String what,
            long[] targets,
            long[] content,
            Map<Long, FaultKind> armed,
            Answer known,
            Answer answer,
            BlockReport before)
            throws Exception {
        if (known.status() != 0) {
            statistics.refused++;
            assertThat(answer).as("refused: " + what).isEqualTo(known);
            assertSame(what, before, faulty.device.report());
            return true;
        }
        Answer expected = Answer.SUCCESS;
        boolean struck = false;
        for (int[] run : runs(targets)) {
            Answer each = struck(targets, run, armed, before);
            if (each.status() != 0) {
                struck = true;
                int status = expected.status() == 0 ? each.status() : Math.min(expected.status(), each.status());
                expected = new Answer(status, expected.failed() | each.failed());
            }
        }
        assertThat(answer).as("answer to " + what).isEqualTo(expected);
        statistics.struck += struck ? 1 : 0;
        checkContent(what, targets, content, expected);
        return false;
    }

    private Answer struck(long[] targets, int[] run, Map<Long, FaultKind> armed, BlockReport before) throws Exception {
        int at = run[0];
        while (at < run[1] && !armed.containsKey(targets[at])) {
            at++;
        }
        if (at == run[1]) {
            return Answer.SUCCESS;
        }
        long ppa = Ppa.blockOf(targets[run[0]]);
        if (isRandom(ppa)) {
            return Answer.failed(0x280, at, run[1]);
        }
        int pointer = Ppa.sector(targets[run[0]]);
        if (armed.get(targets[at]) == FaultKind.EARLY_CLOSE) {
            assertState(ppa, BlockState.CLOSED, pointer + at - run[0]);
            return Answer.failed(0x2F1, at, run[1]);
        }
        int unit = at - (at - run[0]) % wsMin;
        boolean middle = unit + wsMin < run[1];
        statistics.splits += middle ? 1 : 0;
        boolean fills = pointer + run[1] - run[0] == sectors(ppa);
        boolean wasOpen = before.state(plain.geometry.blockIndex(ppa)) == BlockState.OPEN;
        if (middle && fills && limited && (zoned || !wasOpen) && faulty.state(ppa) == BlockState.CLOSED) {
            // There was no place to leave it open.
            assertState(ppa, BlockState.CLOSED, pointer + unit - run[0]);
            return Answer.failed(0x2F1, unit, run[1]);
        }
        int after = pointer + unit + wsMin - run[0];
        assertState(ppa, after == sectors(ppa) ? BlockState.CLOSED : BlockState.OPEN, after);
        return Answer.failed(0x2F0, unit, run[1]);
    }

    private void assertState(long ppa, BlockState state, int pointer) throws Exception {
        assertThat(faulty.state(ppa)).as("state of " + Ppa.toString(ppa)).isEqualTo(state);
        assertThat(faulty.writePointer(ppa))
                .as("write pointer of " + Ppa.toString(ppa))
                .isEqualTo(pointer);
    }

    private void checkContent(String what, long[] targets, long[] content, Answer answer) throws Exception {
        for (int i = 0; i < targets.length; i++) {
            faults.disarmAll();
            boolean overwritten = false;
            for (int later = i + 1; later < targets.length; later++) {
                overwritten |= targets[later] == targets[i];
            }
            if ((answer.failed() & 1L << i) != 0 || overwritten) {
                continue;
            }
            boolean closed = faulty.state(targets[i]) == BlockState.CLOSED;
            int end = closed || isRandom(Ppa.blockOf(targets[i]))
                    ? plain.geometry.sectorsPerBlock()
                    : faulty.writePointer(targets[i]) - plain.limits.mwCunits();
            if (Ppa.sector(targets[i]) < end) {
                assertThat(faulty.read(targets[i]))
                        .as("sector " + i + " after " + what)
                        .isEqualTo(Answer.SUCCESS);
                assertContent(0, content[i], "sector " + i + " after " + what);
            }
        }
    }

    private static final long ZEROS = -1;

    private void assertContent(int index, long content, String what) {
        if (content == ZEROS) {
            int sectorBytes = plain.geometry.sectorBytes();
            int oobBytes = plain.geometry.oobBytes();
            assertThat(TestDrive.bytes(faulty.in, index, sectorBytes)).as(what).isEqualTo(new byte[sectorBytes]);
            assertThat(TestDrive.bytes(faulty.oobIn, index, oobBytes)).as(what).isEqualTo(new byte[oobBytes]);
        } else {
            faulty.assertData(index, content);
        }
    }

    private static void assertSame(String what, BlockReport before, BlockReport after) {
        for (int block = 0; block < before.geometry().blocks(); block++) {
            assertThat(after.state(block))
                    .as("state of block %d after %s", block, what)
                    .isEqualTo(before.state(block));
            assertThat(after.writePointer(block))
                    .as("write pointer of block %d after %s", block, what)
                    .isEqualTo(before.writePointer(block));
        }
    }

    // ---- reads and copies

    private long sector() throws Exception {
        long ppa = oneIn(60) ? nowhere() : anyBlock();
        return ppa + random.nextInt(plain.geometry.contains(ppa) ? sectors(ppa) + 1 : 4);
    }

    private long[] sources(int count) throws Exception {
        long[] sources = new long[count];
        for (int i = 0; i < count; i++) {
            sources[i] = i > 0 && !oneIn(5) ? sources[i - 1] + 1 : sector();
            if (oneIn(2)) {
                // Else nearly every list has something that can't be read.
                for (int tries = 0; tries < 8 && status(sources[i], Set.of()) != 0; tries++) {
                    sources[i] = sector();
                }
            }
        }
        return sources;
    }

    /** What the read of one sector is answered where reads of what is absent fail. */
    private int status(long ppa, Set<Long> unreadable) throws Exception {
        long block = Ppa.blockOf(ppa);
        if (dead.contains(block)) {
            return 0x281;
        }
        int status;
        if (broken.containsKey(block)) {
            boolean gone = zoned && broken.get(block) == 0x1BB;
            status = Ppa.sector(ppa) < readable.get(block) ? 0 : gone ? 0x1BB : 0x287;
        } else {
            status = plain.read(ppa).status();
        }
        return status == 0 && unreadable.contains(ppa) ? 0x281 : status;
    }

    /** Arms unreadable sectors among these. */
    private Set<Long> armReads(long[] sources) {
        Set<Long> armed = new HashSet<>();
        for (long each : sources) {
            boolean possible = plain.geometry.contains(each) && Ppa.sector(each) < plain.geometry.sectorsPerBlock();
            if (oneIn(12) && possible && armed.add(each)) {
                faults.arm(Fault.unreadable().at(each));
            }
        }
        return armed;
    }

    /** The answer to a read; fills in what each sector gives, null where nothing. */
    private Answer readAnswer(long[] sources, Set<Long> unreadable, Long[] content) throws Exception {
        int lowest = 0;
        long bits = 0;
        for (int i = 0; i < sources.length; i++) {
            int status = status(sources[i], unreadable);
            if (status == 0x287 && !dulbe) {
                status = 0;
                content[i] = ZEROS;
            } else if (status == 0) {
                content[i] = isWritten(sources[i]) ? sources[i] : ZEROS;
            }
            if (status != 0) {
                lowest = lowest == 0 ? status : Math.min(lowest, status);
                bits |= 1L << i;
            }
        }
        return new Answer(lowest, bits);
    }

    /** Whether a sector that can be read was written: of a random block others are zeros. */
    private boolean isWritten(long ppa) throws Exception {
        if (broken.containsKey(Ppa.blockOf(ppa)) || !isRandom(Ppa.blockOf(ppa))) {
            return true;
        }
        plain.read(ppa);
        for (byte each : TestDrive.bytes(plain.in, 0, plain.geometry.sectorBytes())) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean read() throws Exception {
        boolean scalar = oneIn(3);
        long[] sources = scalar ? TestDrive.run(sector(), 1 + random.nextInt(12)) : sources(1 + random.nextInt(MOST));
        Set<Long> armed = armReads(sources);
        Long[] content = new Long[sources.length];
        Answer expected = readAnswer(sources, armed, content);
        if (scalar && zoned) {
            Answer whole = plain.readRange(sources[0], sources.length);
            expected = whole.status() == 0x1B8 ? whole : expected;
        }
        Answer answer = scalar ? faulty.readRange(sources[0], sources.length) : faulty.read(sources);
        String what = (scalar ? "scalar read " : "read ") + text(sources) + " with " + text(armed) + ", DULBE " + dulbe;
        assertThat(answer).as(what).isEqualTo(expected);
        if (expected.status() == 0x1B8) {
            return true;
        }
        for (int i = 0; i < sources.length; i++) {
            if (content[i] == null) {
                faulty.assertUntouched(i);
            } else {
                assertContent(i, content[i], "sector " + i + " of " + what);
            }
        }
        return true;
    }

    private boolean copy() throws Exception {
        long[] targets = targets();
        long[] sources = sources(targets.length);
        Set<Long> unreadable = armReads(sources);
        Map<Long, FaultKind> armed = armPrograms(targets);
        Long[] content = new Long[sources.length];
        Answer reads = readAnswer(sources, unreadable, content);
        BlockReport before = faulty.device.report();
        Answer known = reads.status() == 0 ? known(targets) : reads;
        IoCommand command = faulty.command().copy();
        for (int i = 0; i < sources.length; i++) {
            command.add(sources[i]).addDestination(targets[i]);
        }
        Answer answer = faulty.execute(command);
        String what = "copy " + text(sources) + " to " + text(targets) + " with " + armed + " and " + text(unreadable)
                + ", DULBE " + dulbe;
        long[] patterns = new long[targets.length];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = content[i] == null ? ZEROS : content[i];
        }
        return check(what, targets, patterns, armed, known, answer, before);
    }

    private static String text(long[] addresses) {
        StringBuilder text = new StringBuilder();
        for (int from = 0, to; from < addresses.length; from = to) {
            to = from + 1;
            while (to < addresses.length && addresses[to] == addresses[to - 1] + 1) {
                to++;
            }
            text.append(text.isEmpty() ? "" : " ").append(Ppa.toString(addresses[from]));
            text.append(to > from + 1 ? "+" + (to - from) : "");
        }
        return text.toString();
    }

    private static String text(Set<Long> addresses) {
        return text(addresses.stream().mapToLong(each -> each).sorted().toArray());
    }

    @Override
    public void close() {
        faulty.close();
        plain.close();
    }
}
