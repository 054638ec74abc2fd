package io.ocssd.geometry.timing;

import static io.ocssd.geometry.timing.FlashBench.BUS;
import static io.ocssd.geometry.timing.FlashBench.CELLS;
import static io.ocssd.geometry.timing.FlashBench.PLAIN;
import static io.ocssd.geometry.timing.FlashBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Timelines computed by hand: each resource alone, and what overlaps. The figures are those of {@link FlashBench}. */
final class FlashTimelineTest {
    private static final ControllerTimes NO_CONTROLLER = ControllerTimes.NONE;

    @Test
    void eachOperationAlone() {
        assertThat(new FlashBench(PLAIN).read("r", 0, 1).toTheEnd()).containsExactly("r 6010");
        assertThat(new FlashBench(PLAIN).read("two planes", 0, 3).toTheEnd()).containsExactly("two planes 8020");
        assertThat(new FlashBench(PLAIN).program("p", 0, 4).toTheEnd()).containsExactly("p 24020");
        assertThat(new FlashBench(PLAIN).erase("e", 0).toTheEnd()).containsExactly("e 100020");
        assertThat(new FlashBench(PLAIN).request("nothing", t -> {}).toTheEnd()).containsExactly("nothing 0");
    }

    @Test
    void theStatusFollowsProgramsAndErases() {
        NandTiming timing = new NandTiming(
                CELLS, new BusTimes(4_096_000_000L, 10, 7), RegisterRules.NONE, SuspendRules.NONE, NO_CONTROLLER);
        FlashBench bench = new FlashBench(timing).read("r", 1, 1).program("p", 0, 4);
        // The command of r takes the bus until 10, p until 4030, the data of r from 5010.
        assertThat(bench.erase("e", 2).toTheEnd()).containsExactly("r 6010", "p 24037", "e 100027");
        assertThat(bench.timeline.channelBusyNanos(0, 200_000))
                .as("the read's command and data, the program's command, data and status")
                .isEqualTo(10 + 1_000 + 20 + 4_000 + 7);
    }

    @Test
    void theControllersTimeIsAPipeline() {
        FlashBench bench = new FlashBench(with(RegisterRules.NONE, SuspendRules.NONE, new ControllerTimes(100, 0, 0)));
        bench.read("a", 0, 1).read("b", 2, 1).request("nothing", t -> {});
        assertThat(bench.toTheEnd()).containsExactly("nothing 100", "a 6110", "b 6110");
        assertThat(bench.at(10_000).read("c", 0, 1).at(10_050).read("d", 0, 1).toTheEnd())
                .as("d waits for c only, its command is known by then")
                .endsWith("c 16110", "d 22120");
    }

    @Test
    void aLunDoesOneThingAtATime() {
        assertThat(new FlashBench(PLAIN)
                        .read("a", 0, 1)
                        .read("b", 0, 1)
                        .erase("c", 0)
                        .program("d", 0, 2)
                        .toTheEnd())
                .containsExactly("a 6010", "b 12020", "c 112040", "d 134050");
    }

    @Test
    void oneBusForTheLunsOfAChannel() {
        assertThat(new FlashBench(PLAIN)
                        .read("a", 0, 4)
                        .read("b", 1, 4)
                        .read("c", 2, 4)
                        .toTheEnd())
                .as("arrays side by side, data one after the other, but for the other channel")
                .containsExactly("a 9020", "c 9020", "b 13020");
        assertThat(new FlashBench(PLAIN)
                        .program("a", 0, 4)
                        .program("b", 1, 4)
                        .program("c", 3, 4)
                        .toTheEnd())
                .containsExactly("a 24020", "c 24020", "b 28040");
    }

    @Test
    void dataTakeTheBusInTheOrderInWhichTheyAreReady() {
        // The program asks for the bus at 0 and has it until 4020; read b is ready at 5010, the program of LUN 0 at
        // 5000.
        FlashBench bench = new FlashBench(PLAIN).read("b", 1, 1).at(5_000).program("p", 0, 4);
        assertThat(bench.toTheEnd()).containsExactly("b 10020", "p 29020");
        // Submitted later, but ready earlier.
        bench = new FlashBench(PLAIN)
                .erase("e", 0)
                .read("late", 0, 4)
                .at(50_000)
                .read("early", 1, 4);
        assertThat(bench.toTheEnd()).containsExactly("early 59020", "e 100020", "late 109040");
    }

    @Test
    void pagesDifferInTime() {
        NandTiming timing =
                FlashBench.cells(PageOrder.MLC_SHADOW, new long[] {5_000, 7_000}, new long[] {20_000, 50_000});
        FlashBench bench = new FlashBench(timing);
        bench.request("lower", t -> t.read(0, 5, 1)).request("upper", t -> t.read(1, 6, 1));
        bench.request("lower program", t -> t.program(2, 5, 4)).request("upper program", t -> t.program(3, 6, 4));
        assertThat(bench.toTheEnd())
                .containsExactly("lower 6010", "upper 8010", "lower program 24020", "upper program 58040");
    }

    @Test
    void aWordLineIsProgrammedAtOnceAndReadByPage() {
        NandTiming timing =
                FlashBench.cells(PageOrder.TLC_ONE_PASS, new long[] {4_000, 5_000, 6_000}, new long[] {60_000});
        FlashBench bench = new FlashBench(timing);
        bench.request("word line", t -> t.program(0, 0, 4));
        for (int page = 0; page < 3; page++) {
            int of = page;
            bench.request("page " + page, t -> t.read(2, of, 1));
        }
        assertThat(bench.toTheEnd()).containsExactly("page 0 5010", "page 1 11020", "page 2 18030", "word line 64020");
    }

    @Test
    void withoutACacheRegisterDataLeaveBeforeTheNextPageIsRead() {
        assertThat(new FlashBench(PLAIN).read("a", 0, 4).read("b", 0, 4).toTheEnd())
                .containsExactly("a 9020", "b 18040");
    }

    @Test
    void cacheReadsOverlapTheArrayWithTheBus() {
        FlashBench bench = new FlashBench(with(new RegisterRules(true, 300, false), SuspendRules.NONE, NO_CONTROLLER));
        bench.read("a", 0, 4).read("b", 0, 4).read("c", 0, 4);
        // a: array until 5020, handed over until 5320, out at 9320 (and the command of b slips in before: 20).
        // b: array until 10340: a has left, and another read waits: handed over until 10640, out at 14640 + 20 for c.
        // c: array until 15660: nothing behind it, straight out.
        assertThat(bench.toTheEnd()).containsExactly("a 9320", "b 14640", "c 19660");
    }

    @Test
    void aPageThatIsReadWaitsForTheCacheRegister() {
        FlashBench bench = new FlashBench(with(new RegisterRules(true, 300, false), SuspendRules.NONE, NO_CONTROLLER));
        bench.request("p", t -> t.program(1, 0, 64))
                .read("a", 0, 4)
                .read("b", 0, 4)
                .read("c", 0, 4);
        // Bus: p until 64320, the command of a until 64340, its data until 68340, the command of b until 68360. b has
        // waited
        // since 10340: handed over until 68640, out at 72640. c's array from 68640 to 73660, nothing behind it.
        assertThat(bench.toTheEnd()).containsExactly("a 68340", "b 72640", "c 77660", "p 84320");
    }

    @Test
    void onlyReadsOverlapDataThatLeave() {
        FlashBench bench = new FlashBench(with(new RegisterRules(true, 300, false), SuspendRules.NONE, NO_CONTROLLER));
        assertThat(bench.read("a", 0, 4).erase("e", 0).read("b", 0, 1).toTheEnd())
                .containsExactly("a 9020", "e 109040", "b 115050");
    }

    @Test
    void aLateReadOverlapsToo() {
        FlashBench bench = new FlashBench(with(new RegisterRules(true, 300, false), SuspendRules.NONE, NO_CONTROLLER));
        // a leaves from 5020 to 9020; b comes at 6000, its array is through at 11010.
        assertThat(bench.read("a", 0, 4).at(6_000).read("b", 0, 1).toTheEnd()).containsExactly("a 9020", "b 12010");
    }

    @Test
    void cacheProgramsOverlapTheBusWithTheArray() {
        FlashBench bench = new FlashBench(with(new RegisterRules(false, 0, true), SuspendRules.NONE, NO_CONTROLLER));
        bench.program("a", 0, 4).program("b", 0, 4).program("c", 0, 4);
        assertThat(bench.toTheEnd()).as("the bus only shows once").containsExactly("a 24020", "b 44020", "c 64020");
    }

    @Test
    void aProgramIsLoadedWhenItComesLateAndWaitedForWhenItsDataDo() {
        FlashBench bench = new FlashBench(with(new RegisterRules(false, 0, true), SuspendRules.NONE, NO_CONTROLLER));
        bench.program("a", 0, 4).at(22_000).program("b", 0, 4);
        assertThat(bench.toTheEnd()).as("loaded from 22000 to 26020").containsExactly("a 24020", "b 46020");
    }

    @Test
    void nothingIsLoadedBehindAProgramWhileAReadWaits() {
        FlashBench bench = new FlashBench(with(new RegisterRules(false, 0, true), SuspendRules.NONE, NO_CONTROLLER));
        bench.program("a", 0, 4).read("r", 0, 1).program("b", 0, 4);
        assertThat(bench.toTheEnd()).containsExactly("a 24020", "r 30030", "b 54050");
    }

    @Test
    void highPriorityGoesBeforeWhatHasNotBegun() {
        FlashBench bench = new FlashBench(PLAIN);
        bench.program("begun", 0, 4).program("waiting", 0, 4).read("normal", 0, 1);
        bench.at(1_000).high().read("high", 0, 1).high().erase("high erase", 0);
        assertThat(bench.toTheEnd())
                .containsExactly("begun 24020", "high 30030", "high erase 130050", "waiting 154070", "normal 160080");
    }

    @Test
    void whatIsInOrderHasNoPriority() {
        FlashBench bench = new FlashBench(PLAIN);
        bench.program("a", 0, 4).program("b", 0, 4).high().inOrder().read("r", 0, 1);
        assertThat(bench.toTheEnd()).containsExactly("a 24020", "b 48040", "r 54050");
    }

    @Test
    void theHostsLinkBoundsReads() {
        // 1.024 GB/s: 4000 ns a sector, four times as long as on a bus.
        ControllerTimes slow = new ControllerTimes(0, 1_024_000_000L, 0);
        FlashBench bench = new FlashBench(with(RegisterRules.NONE, SuspendRules.NONE, slow));
        bench.read("a", 0, 1).read("b", 2, 1).read("c", 3, 1);
        // Ready at 5010: link until 9010; b next, until 13010; c is ready at 5010 and leaves its bus at 7010: 17010.
        assertThat(bench.toTheEnd()).containsExactly("a 9010", "b 13010", "c 17010");
        assertThat(new FlashBench(
                                with(RegisterRules.NONE, SuspendRules.NONE, new ControllerTimes(0, 8_192_000_000L, 0)))
                        .read("a", 0, 4)
                        .toTheEnd())
                .as("a link that is faster than the bus adds nothing")
                .containsExactly("a 9020");
    }

    @Test
    void theHostsLinkBoundsWritesAndHoldsNoLun() {
        ControllerTimes slow = new ControllerTimes(0, 0, 1_024_000_000L);
        FlashBench bench = new FlashBench(with(RegisterRules.NONE, SuspendRules.NONE, slow));
        bench.program("a", 0, 2).program("b", 2, 2).read("r", 2, 1);
        // Link: a until 8000, b until 16000. a's bus needs 2010 of it, the last 2000 at the end of the link's: from
        // 6000 on.
        assertThat(bench.toTheEnd()).containsExactly("r 6010", "a 28010", "b 36010");
        ControllerTimes fast = new ControllerTimes(0, 0, 8_192_000_000L);
        FlashBench quick = new FlashBench(with(RegisterRules.NONE, SuspendRules.NONE, fast));
        // 500 ns a sector. The link begins with b at 2000; the data of a are on the bus meanwhile.
        quick.program("a", 0, 4).program("b", 2, 4);
        assertThat(quick.toTheEnd()).containsExactly("a 24020", "b 26020");
    }

    @Test
    void whatIsInOrderDoesNotOvertakeDataThatAreStillOnTheLink() {
        ControllerTimes slow = new ControllerTimes(0, 0, 1_024_000_000L);
        FlashBench bench = new FlashBench(with(RegisterRules.NONE, SuspendRules.NONE, slow));
        bench.program("a", 0, 2).program("b", 2, 2).inOrder().read("r", 2, 1);
        assertThat(bench.toTheEnd()).containsExactly("a 28010", "b 36010", "r 42020");
    }

    @Test
    void aCopyWithinALunDoesNotUseTheBus() {
        FlashBench bench = new FlashBench(PLAIN).request("copy", t -> {
            t.copyFrom(0, 0, 2);
            t.copyFrom(0, 1, 2);
            t.copyTo(0, 5, 4);
        });
        bench.read("other", 1, 4);
        assertThat(bench.toTheEnd()).as("two pages read, one programmed").containsExactly("other 9020", "copy 30020");
        assertThat(bench.timeline.channelBusyNanos(0, 50_000)).isEqualTo(20 + 20 + 4_000);
    }

    @Test
    void aCopyBetweenLunsReadsThenPrograms() {
        FlashBench bench = new FlashBench(PLAIN).request("copy", t -> {
            t.copyFrom(0, 0, 2);
            t.copyFrom(2, 1, 2);
            t.copyTo(1, 5, 4);
        });
        // Both sources are out at 7010, on two buses; the program needs 4020 on its bus and 20000.
        assertThat(bench.toTheEnd()).containsExactly("copy 31030");
    }

    @Test
    void aRequestEndsWithItsLastOperation() {
        FlashBench bench = new FlashBench(PLAIN).request("many", t -> {
            t.read(0, 0, 1);
            t.erase(1);
            t.read(3, 0, 1);
        });
        assertThat(bench.toTheEnd()).containsExactly("many 100020");
    }

    @Test
    void whatIsDueTogetherIsOrderedByTheSeed() {
        String submitted = order(OptionalLong.empty());
        assertThat(submitted).isEqualTo("01234567");
        assertThat(order(OptionalLong.of(7)))
                .isEqualTo(order(OptionalLong.of(7)))
                .isNotEqualTo(submitted)
                .isNotEqualTo(order(OptionalLong.of(8)));
    }

    private static String order(OptionalLong seed) {
        NandTiming flat = NandTiming.flat(10, 20, 30);
        FlashBench bench = new FlashBench(flat, seed);
        for (int i = 0; i < 8; i++) {
            int lun = i % 4;
            bench.read(i + "", lun, 1);
        }
        StringBuilder order = new StringBuilder();
        bench.toTheEnd().forEach(end -> order.append(end.charAt(0)));
        return order.toString();
    }

    @Test
    void busyTimesAreKnownAtAnyMoment() {
        FlashBench bench = new FlashBench(PLAIN).at(1_000).read("a", 0, 4).at(3_000);
        assertThat(bench.timeline.lunBusyNanos(0, 3_000)).isEqualTo(2_000);
        assertThat(bench.timeline.lunBusyNanos(1, 3_000)).isZero();
        assertThat(bench.timeline.channelBusyNanos(0, 3_000)).isEqualTo(20);
        bench.at(8_020);
        assertThat(bench.timeline.channelBusyNanos(0, 8_020)).isEqualTo(20 + 2_000);
        bench.at(50_000).read("b", 0, 1).at(100_000);
        assertThat(bench.timeline.lunBusyNanos(0, 100_000)).isEqualTo(9_020 + 6_010);
        assertThat(bench.timeline.channelBusyNanos(0, 100_000)).isEqualTo(20 + 4_000 + 10 + 1_000);
        assertThat(bench.timeline.channelBusyNanos(1, 100_000)).isZero();
    }

    @Test
    void anIdleTimelineHasNothingAhead() {
        FlashBench bench = new FlashBench(PLAIN);
        assertThat(bench.timeline.nextNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(bench.timeline.boundNanos(0)).isEqualTo(Long.MAX_VALUE);
        bench.read("a", 0, 4);
        assertThat(bench.timeline.nextNanos()).isEqualTo(5_020);
        assertThat(bench.timeline.boundNanos(0)).isEqualTo(9_020);
        bench.toTheEnd();
        assertThat(bench.timeline.nextNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(bench.timeline.boundNanos(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(BUS.bytesPerSecond()).isPositive();
    }
}
