package io.ocssd.geometry.timing;

import static io.ocssd.geometry.timing.FlashBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.geometry.timing.SuspendRules.Who;
import org.junit.jupiter.api.Test;

/** Programs and erases that reads interrupt; the figures are those of {@link FlashBench}. */
final class SuspendTest {
    /** 500 ns out of a program, 2000 out of an erase, 50 to go on, twice at most. */
    private static final SuspendRules RULES = new SuspendRules(Who.HIGH, 500, 2_000, 50, 2);

    private static FlashBench bench(SuspendRules rules) {
        return new FlashBench(with(RegisterRules.NONE, rules, ControllerTimes.NONE));
    }

    @Test
    void aReadOfHighPriorityInterruptsAProgram() {
        // Array from 4020 to 24020. Read at 10000: begins 10500, out at 16510. 14020 were left; on from 16560.
        assertThat(bench(RULES)
                        .program("p", 0, 4)
                        .at(10_000)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .containsExactly("r 16510", "p 30580");
    }

    @Test
    void aReadOfHighPriorityInterruptsAnErase() {
        // Array from 20 to 100020. Read at 10000: begins 12000, out at 18010; 90020 left from 18060.
        assertThat(bench(RULES).erase("e", 0).at(10_000).high().read("r", 0, 1).toTheEnd())
                .containsExactly("r 18010", "e 108080");
    }

    @Test
    void aNormalReadWaits() {
        assertThat(bench(RULES).program("p", 0, 4).at(10_000).read("r", 0, 1).toTheEnd())
                .containsExactly("p 24020", "r 30030");
        assertThat(bench(RULES.withWho(Who.NONE))
                        .program("p", 0, 4)
                        .at(10_000)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .containsExactly("p 24020", "r 30030");
    }

    @Test
    void anyReadInterruptsWhereTheRulesSaySo() {
        assertThat(bench(RULES.withWho(Who.ALL))
                        .program("p", 0, 4)
                        .at(10_000)
                        .read("r", 0, 1)
                        .toTheEnd())
                .containsExactly("r 16510", "p 30580");
        assertThat(bench(RULES.withWho(Who.ALL))
                        .high()
                        .program("p", 0, 4)
                        .at(10_000)
                        .read("r", 0, 1)
                        .toTheEnd())
                .as("but not what is more urgent")
                .containsExactly("p 24020", "r 30030");
        assertThat(bench(RULES)
                        .high()
                        .program("p", 0, 4)
                        .at(10_000)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .as("nor as urgent")
                .containsExactly("p 24020", "r 30030");
    }

    @Test
    void oneSuspensionServesAllThatWait() {
        FlashBench bench = bench(RULES).program("p", 0, 4).at(10_000);
        bench.high().read("a", 0, 1).high().read("b", 0, 1).at(12_000).high().read("c", 0, 1);
        // a until 16510, b until 22520, c until 28530, on from 28580.
        assertThat(bench.toTheEnd()).containsExactly("a 16510", "b 22520", "c 28530", "p 42600");
    }

    @Test
    void normalWorkWaitsUntilTheProgramHasEnded() {
        FlashBench bench = bench(RULES)
                .program("p", 0, 4)
                .read("normal", 0, 1)
                .at(10_000)
                .high()
                .read("r", 0, 1);
        assertThat(bench.toTheEnd()).containsExactly("r 16510", "p 30580", "normal 36590");
    }

    @Test
    void anUrgentProgramBetweenTheReadsWaitsToo() {
        FlashBench bench = bench(RULES).program("p", 0, 4).at(10_000).high().read("r", 0, 1);
        bench.high().program("q", 0, 4).high().read("s", 0, 1);
        assertThat(bench.toTheEnd())
                .as("s is behind q, which can't be programmed while p is suspended")
                .containsExactly("r 16510", "p 30580", "q 54600", "s 60610");
    }

    @Test
    void anOperationIsInterruptedSoOftenAndNoMore() {
        FlashBench bench = bench(RULES).erase("e", 0);
        bench.at(10_000).high().read("a", 0, 1);
        bench.at(20_000).high().read("b", 0, 1);
        bench.at(40_000).high().read("c", 0, 1);
        // a at 18010, on from 18060 with 90020 left; b: 88080 left at 20000, out at 28010, on from 28060 to 116140.
        assertThat(bench.toTheEnd()).containsExactly("a 18010", "b 28010", "e 116140", "c 122150");
    }

    @Test
    void itIsNotWorthItShortlyBeforeTheEnd() {
        assertThat(bench(RULES)
                        .program("p", 0, 4)
                        .at(23_520)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .as("500 are left")
                .containsExactly("p 24020", "r 30030");
        assertThat(bench(RULES)
                        .program("p", 0, 4)
                        .at(23_519)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .as("501 are left")
                .containsExactly("r 30029", "p 30580");
    }

    @Test
    void dataComeInBeforeAProgramIsInterrupted() {
        // The program's data are on the bus until 4020; then at once: 4520, out at 10530, all 20000 left from 10580.
        assertThat(bench(RULES)
                        .program("p", 0, 4)
                        .at(1_000)
                        .high()
                        .read("r", 0, 1)
                        .toTheEnd())
                .containsExactly("r 10530", "p 30580");
    }

    @Test
    void aWaitingReadInterruptsTheNextProgramWhereAnyMay() {
        FlashBench bench = bench(RULES.withWho(Who.ALL)).erase("e", 0);
        // The first read can't: the erase is nearly through. Then the program, which is before the read in the line.
        bench.at(99_000).program("p", 0, 4).read("r", 0, 1);
        // p: data from 100020 to 104040; r from 104540 to 110550, p on from 110600.
        assertThat(bench.toTheEnd()).containsExactly("e 100020", "r 110550", "p 130600");
    }

    @Test
    void cacheReadsGoOnWhileSuspended() {
        FlashBench bench = new FlashBench(with(new RegisterRules(true, 300, false), RULES, ControllerTimes.NONE));
        bench.program("p", 0, 4).at(10_000).high().read("a", 0, 4).high().read("b", 0, 4);
        // a: 10500 .. 15520, handed over 15820, out 19820; b: 15820 .. 20840, out 24840 (no read behind); on from
        // 24890.
        assertThat(bench.toTheEnd()).containsExactly("a 19820", "b 24840", "p 38910");
    }

    @Test
    void aLoadedRegisterCanNotBeReadThrough() {
        FlashBench bench = new FlashBench(with(new RegisterRules(false, 0, true), RULES, ControllerTimes.NONE));
        bench.program("a", 0, 4).program("b", 0, 4).at(10_000).high().read("r", 0, 1);
        // b's data are in at 8040. a ends at 24020, b begins then and is interrupted at once: r 24520 .. 30530.
        assertThat(bench.toTheEnd()).containsExactly("a 24020", "r 30530", "b 50580");
    }

    @Test
    void aCopyIsInterruptedLikeAProgram() {
        FlashBench bench = bench(RULES).request("copy", t -> {
            t.copyFrom(0, 0, 4);
            t.copyTo(0, 5, 4);
        });
        // Array from 20 to 25020; r 10500 .. 16510; 15020 left from 16560.
        assertThat(bench.at(10_000).high().read("r", 0, 1).toTheEnd()).containsExactly("r 16510", "copy 31580");
    }
}
