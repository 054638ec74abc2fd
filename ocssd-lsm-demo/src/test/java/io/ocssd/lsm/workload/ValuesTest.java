package io.ocssd.lsm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final byte[] SOURCE = {1, 2, 3};

    @Test
    void aValueTellsItsOperation() {
        assertThat(Values.of(0, SOURCE)).isEqualTo(SOURCE);
        assertThat(Values.of(258, SOURCE)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 3);
        for (long operation : new long[] {0, 1, 258, Long.MAX_VALUE}) {
            assertThat(Values.operationOf(Values.of(operation, SOURCE), SOURCE)).isEqualTo(operation);
            assertThat(Values.operationOf(Values.of(operation, new byte[0]), new byte[0]))
                    .isEqualTo(operation);
        }
    }

    @Test
    void anythingElseIsOfNone() {
        assertThat(Values.operationOf(new byte[] {1, 2}, SOURCE)).isEqualTo(-1);
        assertThat(Values.operationOf(new byte[] {1, 2, 4}, SOURCE)).isEqualTo(-1);
        assertThat(Values.operationOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3}, SOURCE))
                .isEqualTo(-1);
        assertThat(Values.operationOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 9, 1, 2, 4}, SOURCE))
                .isEqualTo(-1);
        assertThat(Values.operationOf(new byte[] {-1, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3}, SOURCE))
                .isEqualTo(-1);
    }
}
