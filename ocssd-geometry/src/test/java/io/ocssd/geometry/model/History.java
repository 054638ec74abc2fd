package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.faults.Fault;
import io.ocssd.geometry.decorator.faults.Faults;
import io.ocssd.geometry.decorator.faults.FaultyDevice;
import io.ocssd.geometry.emulator.CutLoss;
import io.ocssd.geometry.emulator.CutMoment;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One life of a drive, drawn by a seed: commands, many of them under way at once, closes and power cuts. */
final class History {
    /** What histories have met, summed up. */
    static final class Statistics {
        int commands;
        int refused;
        int cuts;
        int cutsWithWorkUnderWay;
        int reopenings;
        int mediaFailures;

        @Override
        public String toString() {
            return String.format(
                    "%d commands, %d refused, %d failed on the media, %d closes, %d power cuts, %d of them with several"
                            + " commands under way",
                    commands, refused, mediaFailures, reopenings, cuts, cutsWithWorkUnderWay);
        }
    }

    private static final int COMMANDS = 70;
    private static final int NONE = -1;
    /** Half of the cuts leave it to chance what is lost. */
    private static final CutLoss[] LOSSES = {
        CutLoss.RANDOM, CutLoss.RANDOM, CutLoss.RANDOM, CutLoss.ALL, CutLoss.BLOCKS, CutLoss.BOTH
    };

    private static final CutMoment[] MOMENTS = {CutMoment.INSIDE, CutMoment.INSIDE, CutMoment.BEFORE, CutMoment.AFTER};

    private final long seed;
    private final DrawnDrive.Kind kind;
    private final SplittableRandom random;
    private final DrawnDrive drawn;
    private final UnaryOperator<FlashDevice> meddling;
    private final Statistics statistics;
    private final Faults faults;
    private final List<SentQueue> queues = new ArrayList<>();
    private final List<CommandDraw> draws = new ArrayList<>();
    /** Answers that came before those of commands that were sent earlier. */
    private final TreeMap<Integer, SentQueue.Answered> early = new TreeMap<>();

    /** The command that was sent last, if none was under way; else {@link #NONE}. */
    private int alone = NONE;

    private int sent;
    private int judged;
    private DriveModel model;
    private FlashDevice device;
    private Scheduler scheduler;

    History(long seed, DrawnDrive.Kind kind, UnaryOperator<FlashDevice> meddling, Statistics statistics) {
        this.seed = seed;
        this.kind = kind;
        this.random = new SplittableRandom(seed);
        this.drawn = DrawnDrive.draw(random, kind);
        this.faults = kind.isFaulty() ? storm() : null;
        this.meddling = meddling;
        this.statistics = statistics;
    }

    /** A little of everything. */
    private Faults storm() {
        Fault program =
                drawn.traits().failing() == DriveModel.Failing.CLOSES_EARLY ? Fault.earlyClose() : Fault.nextUnit();
        return Faults.of(
                random.nextInt(1000),
                program.percent(6),
                Fault.resetFail().percent(4),
                Fault.unreadable().percent(3),
                Fault.highEcc().percent(5));
    }

    private String where() {
        return "seed=" + seed + ", kind=" + kind + ", drive=" + drawn.creation() + "&" + drawn.opening();
    }

    void run() throws Exception {
        Path directory = kind.isImage() ? Files.createTempDirectory("ocssd-model") : null;
        scheduler = kind.isTimed() ? Scheduler.simulated(seed) : Scheduler.real();
        try {
            scheduler.run("history", () -> {
                live(directory == null ? null : directory.resolve("drive.img"));
                return null;
            });
        } finally {
            if (directory != null) {
                Files.deleteIfExists(directory.resolve("drive.img"));
                Files.delete(directory);
            }
        }
    }

    private void live(Path image) throws Exception {
        if (image == null) {
            open("mem:?" + drawn.creation() + "&" + drawn.opening());
            model = new DriveModel(device, drawn.traits());
            untilTheEnd();
            device.close();
            return;
        }
        Ocssd.create("emu:" + image + "?" + drawn.creation());
        for (int opening = 0; opening < 4; opening++) {
            int cut = random.nextInt(3) == 0
                    ? 0
                    : 1 + random.nextInt(random.nextBoolean() ? COMMANDS : commandsPerOpening());
            CutLoss loss = LOSSES[random.nextInt(LOSSES.length)];
            String more = cut == 0
                    ? ""
                    : "&cut=" + cut + "&cutSeed=" + random.nextInt(1000) + "&cutLoss=" + loss.label() + "&cutAt="
                            + MOMENTS[random.nextInt(MOMENTS.length)].label();
            open("emu:" + image + "?" + drawn.opening() + more);
            if (model == null) {
                model = new DriveModel(device, drawn.traits());
            }
            try {
                untilTheEnd();
                device.close();
                model.reopened();
                statistics.reopenings++;
            } catch (GoneException e) {
                assertThat(cut).as("gone without a cut; %s", where()).isPositive();
                CutModel left = tell(loss);
                device.close();
                model.reopened();
                open("emu:" + image + "?" + drawn.opening());
                new CutCheck(model, device, where() + more).takeOver(left);
                device.close();
            }
        }
    }

    private void open(String uri) throws Exception {
        FlashDevice good = Ocssd.openDevice(uri, scheduler);
        device = meddling.apply(kind.isFaulty() ? new FaultyDevice(good, faults, scheduler) : good);
        queues.clear();
        draws.clear();
        early.clear();
        judged = sent;
    }

    private boolean isClosedNow(long block) {
        try {
            return device.report().state(device.geometry().blockIndex(block)) == BlockState.CLOSED;
        } catch (GoneException e) {
            throw new AssertionError("the drive is gone; " + where(), e);
        }
    }

    /** Tells what was under way when the power went. */
    private CutModel tell(CutLoss loss) {
        judgeInTurn(Integer.MAX_VALUE, true);
        statistics.cuts++;
        int underWay = 0;
        CutModel cut = new CutModel(model, device.durability(), loss);
        for (SentQueue each : queues) {
            for (ModelCommand ignored : each.underWay()) {
                underWay++;
            }
            cut.underWay(each.underWay());
        }
        statistics.cutsWithWorkUnderWay += underWay > 1 ? 1 : 0;
        return cut;
    }

    private void untilTheEnd() throws Exception {
        model.isClosedNow = this::isClosedNow;
        model.checkReport(device, where());
        model.highEcc = random.nextBoolean();
        int mediaFeedback = model.highEcc ? DeviceAdmin.HIGH_ECC : 0;
        device.admin().setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, mediaFeedback);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && i < model.blocks.size(); i++) {
            queues.add(new SentQueue(device, 1 + random.nextInt(8)));
            draws.add(new CommandDraw(model, random, i, Math.min(count, model.blocks.size())));
        }
        for (int end = sent + commandsPerOpening(); sent < end && !isWornOut(); ) {
            step();
        }
        comeToRest();
    }

    /** Now and then a history is long. */
    private int commandsPerOpening() {
        return drawn.traits().endurance() > 0 || seed % 6 == 1 ? 8 * COMMANDS : COMMANDS;
    }

    private boolean isWornOut() {
        return model.blocks.values().stream().allMatch(each -> each.state == ModelBlock.State.OFFLINE);
    }

    private void step() throws Exception {
        int which = random.nextInt(queues.size());
        SentQueue queue = queues.get(which);
        if (queue.isFull() || random.nextInt(6) == 0) {
            queue.await(1, Long.MAX_VALUE);
        }
        if (queue.isFull() || random.nextInt(3) > 0) {
            pollAll();
        }
        if (queue.isFull()) {
            return;
        }
        if (random.nextInt(25) == 0) {
            comeToRest();
            if (random.nextInt(3) == 0) {
                switchDulbe();
            }
        }
        alone = queues.stream().allMatch(SentQueue::isIdle) ? sent : NONE;
        queue.send(draws.get(which).draw(sent++));
    }

    private void switchDulbe() throws Exception {
        DeviceAdmin admin = device.admin();
        int feature = admin.feature(DeviceAdmin.FEATURE_ERROR_RECOVERY);
        assertThat((feature & DeviceAdmin.DULBE) != 0).as(where()).isEqualTo(model.dulbe);
        int timeLimit = random.nextInt(1 << 16);
        admin.setFeature(
                DeviceAdmin.FEATURE_ERROR_RECOVERY, (feature ^ DeviceAdmin.DULBE) & DeviceAdmin.DULBE | timeLimit);
        model.dulbe = !model.dulbe;
    }

    /** Waits for everything, and compares what the drive reports then. */
    private void comeToRest() throws Exception {
        for (SentQueue each : queues) {
            while (!each.isIdle()) {
                each.await(1, Long.MAX_VALUE);
                pollAll();
            }
        }
        String here = where() + ", before command " + sent;
        assertThat(early).as(here).isEmpty();
        model.checkReport(device, here);
        model.checkCounters(device, here);
    }

    private void pollAll() throws GoneException {
        for (SentQueue queue : queues) {
            for (SentQueue.Answered each; (each = queue.poll(where())) != null; ) {
                early.put(each.command().number(), each);
            }
        }
        // Without latency commands take effect as they are submitted; in time, as they complete.
        boolean anyOrder = kind.isTimed() || kind.isFaulty();
        judgeInTurn(anyOrder ? Integer.MAX_VALUE : judged, anyOrder);
        for (int i = 0; i < queues.size(); i++) {
            for (long block : model.blocks.keySet()) {
                if (!queues.get(i).isUnderWay(block)) {
                    draws.get(i).settled(block);
                }
            }
        }
    }

    /**
     * Judges what was answered.
     *
     * @param next only what is up to here, and what follows it without a gap
     * @param anyOrder whether commands may have taken effect in another order than they are judged in
     */
    private void judgeInTurn(int next, boolean anyOrder) {
        boolean unknownOrder =
                anyOrder && !(early.size() == 1 && queues.stream().allMatch(SentQueue::isIdle));
        int due = next;
        while (!early.isEmpty() && early.firstKey() <= due) {
            SentQueue.Answered each = early.pollFirstEntry().getValue();
            model.othersUnderWay = unknownOrder;
            model.alone = each.command().number() == alone;
            model.judge(each.command(), each.answer(), where());
            statistics.commands++;
            int status = each.answer().status();
            statistics.mediaFailures += status == 0x2F0 || status == 0x2F1 || status == 0x281 ? 1 : 0;
            statistics.refused += status == 0 ? 0 : 1;
            judged = each.command().number() + 1;
            due = next == Integer.MAX_VALUE ? next : judged;
        }
    }
}
