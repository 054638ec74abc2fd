package io.ocssd.lsm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SurvivorsTest {
    private final History history = new History(3);

    @Test
    void withoutOperationsEverythingIsAsLoaded() {
        Survivors survivors = judged(0, 0, 0);
        assertFindings(survivors, 0, 0, 0);
        assertThat(survivors.survivingPrefix()).isZero();
    }

    @Test
    void anAcknowledgedValueThatIsGoneIsLost() {
        history.begin(1, true);
        history.synced();
        assertFindings(judged(0, Survivors.ABSENT, 0), 1, 0, 0);
        assertFindings(judged(0, 0, 0), 1, 0, 0);
        assertFindings(judged(0, 1, 0), 0, 0, 0);
    }

    @Test
    void anAcknowledgedDeleteWithAnOlderValueIsResurrected() {
        history.begin(1, true);
        history.begin(1, false);
        history.synced();
        assertFindings(judged(0, 0, 0), 0, 1, 0);
        assertFindings(judged(0, 1, 0), 0, 1, 0);
        assertFindings(judged(0, Survivors.ABSENT, 0), 0, 0, 0);
    }

    @Test
    void bytesThatWereNeverPutAreDamage() {
        assertFindings(judged(0, Survivors.FOREIGN, 0), 0, 0, 1);
    }

    @Test
    void laterOperationsMayHaveSurvivedOrNot() {
        history.begin(0, true);
        history.begin(1, false);
        history.begin(0, true);
        int[] prefixes = {
            judged(0, 0, 0).survivingPrefix(),
            judged(1, 0, 0).survivingPrefix(),
            judged(1, Survivors.ABSENT, 0).survivingPrefix(),
            judged(3, Survivors.ABSENT, 0).survivingPrefix()
        };
        assertThat(prefixes).containsExactly(0, 1, 2, 3);
        assertFindings(judged(3, Survivors.ABSENT, 0), 0, 0, 0);
    }

    @Test
    void statesOfDifferentMomentsFitNoPrefix() {
        history.begin(0, true);
        history.begin(1, false);
        Survivors survivors = judged(0, Survivors.ABSENT, 0);
        // Each of them could be, but not together: the second operation without the first.
        assertFindings(survivors, 0, 0, 0);
        assertThat(survivors.survivingPrefix()).isEqualTo(-1);
    }

    private Survivors judged(long... observed) {
        Survivors survivors = new Survivors(history);
        for (int key = 0; key < observed.length; key++) {
            survivors.judge(key, observed[key]);
        }
        return survivors;
    }

    private static void assertFindings(Survivors survivors, int lost, int resurrected, int damaged) {
        assertThat(new int[] {survivors.lost(), survivors.resurrected(), survivors.damaged()})
                .as("lost, resurrected, damaged")
                .containsExactly(lost, resurrected, damaged);
    }
}
