package io.ocssd.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a device that is gone tells, and that it is not lost on the way up. */
final class GoneExceptionTest {
    @Test
    void tellsWhatWasUnderWayWhenItIsKnown() {
        assertThat(new GoneException("gone", "wait").commandsInFlight()).isEmpty();
        assertThat(new GoneException("gone", "wait", 0).commandsInFlight()).hasValue(0);
        assertThatThrownBy(() -> new GoneException("gone", "wait", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("commandsInFlight=-1");
    }

    @Test
    void anotherSentenceKeepsTheRest() {
        GoneException first = new GoneException("power was cut", "open it again", 3);
        GoneException second = first.withMessage("the store stopped");
        assertThat(second).hasMessage("the store stopped").hasCause(first);
        assertThat(second.hint()).isEqualTo("open it again");
        assertThat(second.commandsInFlight()).hasValue(3);
        assertThat(new GoneException("unplugged", "").withMessage("stopped").commandsInFlight())
                .isEmpty();
    }
}
