package io.ocssd.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyChoiceTest {
    private static final PolicyInfo INFO = new PolicyInfo(
            "some",
            "of some use",
            List.of(new PolicyOption("luns", "how many", 1, 8, 4), new PolicyOption("share", "percent", 0, 100, 50)));

    @Test
    void readsNameAndOptions() {
        assertThat(PolicyChoice.parse("wear-aware")).isEqualTo(PolicyChoice.of("wear-aware"));
        assertThat(PolicyChoice.parse("some:luns=2,share=7"))
                .isEqualTo(new PolicyChoice("some", Map.of("share", "7", "luns", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wear-aware", "some:luns=2", "some:luns=2,share=7", "some:luns="})
    void writesWhatItReads(String text) {
        assertThat(PolicyChoice.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Some",
                "some thing",
                ":luns=2",
                "some:",
                "some:luns",
                "some:=2",
                "some:luns=2,",
                "some:a=1,a=2"
            })
    void refusesWhatIsNoChoice(String text) {
        assertThatThrownBy(() -> PolicyChoice.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAreGivenOrStandard() {
        PolicyChoice choice = PolicyChoice.parse("some:luns=8");
        INFO.check(choice);
        assertThat(INFO.value(choice, "luns")).isEqualTo(8);
        assertThat(INFO.value(choice, "share")).isEqualTo(50);
    }

    @Test
    void refusalsSayWhatIsPossible() {
        assertThatThrownBy(() -> INFO.check(PolicyChoice.parse("some:lun=2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"some\" has no option \"lun\"; it has luns, share");
        assertThatThrownBy(() -> INFO.value(PolicyChoice.parse("some:luns=9"), "luns"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"some\": luns=9 is not in 1..8");
        assertThatThrownBy(() -> INFO.value(PolicyChoice.parse("some:luns=two"), "luns"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"some\": luns=\"two\" is no whole number");
    }

    @Test
    void optionsHaveBounds() {
        assertThatThrownBy(() -> new PolicyOption("luns", "", 2, 3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PolicyOption("luns", "", 2, 3, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PolicyOption("LUNs", "", 2, 3, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
