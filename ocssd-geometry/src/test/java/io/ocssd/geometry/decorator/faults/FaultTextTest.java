package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Ppa;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults as text: what can be written, and what is said of what can't. */
final class FaultTextTest {
    @TempDir
    Path directory;

    @Test
    void whatTheApiMakesIsWhatTheTextSays() {
        assertThat(Fault.earlyClose().at(Ppa.of(0, 3, 6, 5)).thenResetFails())
                .hasToString("early-close group=0 punit=3 chunk=6 sectr=5 reset=fails");
        assertThat(Fault.nextUnit().lun(1, 0).percent(0.1)).hasToString("next-unit group=1 punit=0 prob=0.1");
        assertThat(Fault.resetFail().block(Ppa.of(1, 2, 3, 9)).nth(2))
                .hasToString("reset-fail group=1 punit=2 chunk=3 nth=2");
        assertThat(Fault.unreadable().sectors(4, 7)).hasToString("unreadable sectr=4-7");
        assertThat(Fault.highEcc().always().percent(100)).hasToString("high-ecc always=yes");
        assertThat(Fault.dead().nth(3, Long.MAX_VALUE)).hasToString("dead nth=3-*");
        assertThat(Fault.slow(500).of(Operation.WRITE, Operation.READ)).hasToString("slow of=read+write nanos=500");
        assertThat(Fault.gone().percent(1e-7)).hasToString("gone prob=0.0000001");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "early-close group=0 punit=3 chunk=6 sectr=5 reset=fails",
                "next-unit group=1 punit=0 prob=0.1",
                "reset-fail group=1-2 punit=2-* chunk=3 nth=2",
                "unreadable sectr=4-7",
                "high-ecc always=yes",
                "dead nth=3-*",
                "slow of=read+write nanos=500",
                "gone nth=7 of=erase"
            })
    void whatIsReadIsWrittenTheSame(String line) {
        Fault fault = Fault.parse(line);
        assertThat(fault).hasToString(line);
        assertThat(Fault.parse(fault.toString())).isEqualTo(fault).hasSameHashCodeAs(fault);
    }

    @Test
    void starsBlanksCommasAndCommentsMeanNothing() {
        assertThat(Fault.parse("  early-close,group=*,  chunk=0-* sectr=3\tnth=* prob=100 reset=works # bad"))
                .hasToString("early-close sectr=3");
        assertThat(Fault.parse("high-ecc always=no")).isEqualTo(Fault.highEcc());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "erly-close | \"erly-close\" is no kind of fault; possible: early-close, next-unit",
                "early-close chnk=5 | early-close has no field \"chnk\"; possible: group, punit, chunk, sectr, prob, nth, reset",
                "reset-fail sectr=5 | reset-fail has no field \"sectr\"; possible: group, punit, chunk, prob, nth",
                "early-close chunk | \"chunk\" is not of the form name=value; possible names: group",
                "early-close chunk= | chunk= is not possible; possible: a number, a range such as 3-7 or 3-*, or *, from 0 on",
                "early-close chunk=7-3 | chunk=7-3 is not possible",
                "early-close chunk=-3 | chunk=-3 is not possible",
                "early-close nth=0 | nth=0 is not possible; possible: a number, a range such as 3-7 or 3-*, or *, from 1 on",
                "early-close chunk=1 chunk=2 | chunk is given twice",
                "early-close prob=101 | prob=101 is not possible; possible: percent from 0 to 100, for example 0.1",
                "early-close prob=NaN | prob=NaN is not possible",
                "early-close prob=often | prob=often is not possible",
                "early-close reset=no | reset=no is not possible; possible: fails, works",
                "gone of=read+wrote | of=read+wrote is not possible; possible: one or, with plus signs, more of read, write",
                "slow group=1 | slow needs nanos=NUMBER",
                "slow nanos=0 | nanos=0 is not possible; possible: a whole number from 1 on",
            })
    void whatIsWrongIsNamedWithWhatIsPossible(String line, String message) {
        assertThatThrownBy(() -> Fault.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aFileIsReadLineByLine() throws Exception {
        Path file = Files.writeString(
                directory.resolve("faults.txt"), "# two\n\nearly-close group=0 sectr=5   # here\n  gone nth=9\r\n");
        assertThat(Faults.read(file))
                .containsExactly(
                        Fault.parse("early-close group=0 sectr=5"), Fault.gone().nth(9));
    }

    @Test
    void aWrongLineOfAFileIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("faults.txt"), "gone nth=9\n\ngone nth=x\n");
        assertThatThrownBy(() -> Faults.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        file
                                + " line 3: nth=x is not possible; possible: a number, a range such as 3-7 or 3-*, or *, from 1 on");
        assertThatThrownBy(() -> Faults.read(directory.resolve("none"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void fieldsThatAKindDoesNotHaveAreMisuse() {
        assertThatThrownBy(() -> Fault.resetFail().at(0)).hasMessageContaining("reset-fail has no field \"sectr\"");
        assertThatThrownBy(() -> Fault.gone().block(0)).hasMessageContaining("gone has no field \"chunk\"");
        assertThatThrownBy(() -> Fault.unreadable().thenResetFails()).hasMessageContaining("\"reset\"");
        assertThatThrownBy(() -> Fault.slow(0)).hasMessageContaining("nanos=0");
        assertThatThrownBy(() -> Fault.earlyClose().percent(-1)).hasMessageContaining("percent=-1");
        assertThatThrownBy(() -> Fault.earlyClose().nth(0)).hasMessageContaining("nth=0");
    }

    @Test
    void whatIsNoFaultFileIsNamed() throws Exception {
        Path image = Files.write(directory.resolve("drive.img"), new byte[] {'O', 'C', (byte) 0xFF, (byte) 0xFE});
        assertThatThrownBy(() -> Faults.read(image))
                .isInstanceOf(NotRecognisedException.class)
                .hasMessage(image + " is no fault file: it is not text in UTF-8; it was not changed")
                .extracting(e -> ((NotRecognisedException) e).hint())
                .isEqualTo("give the path of one");
        assertThatThrownBy(() -> Faults.read(directory))
                .isInstanceOf(OcssdException.class)
                .hasMessage("the fault file " + directory + " can't be read: Is a directory")
                .extracting(e -> ((OcssdException) e).hint())
                .isEqualTo("give the path of one, and see that it may be read");
    }
}
