package io.ocssd.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars with rate and time left. Not for streams that are no terminal. */
public final class ProgressBars {
    private static final int REDRAW_MILLIS = 100;
    private static final long SMALL_BYTES = 10_000_000;

    private ProgressBars() {}

    /**
     * Opens one.
     *
     * @param task what is being done, in a few words
     * @param total how much there is to do
     * @param unit what is counted; bytes are shown as kB or MB
     */
    public static Meter open(PrintStream err, Terminal terminal, String task, long total, String unit) {
        boolean bytes = unit.equals("bytes");
        boolean small = total < SMALL_BYTES;
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(bytes ? small ? " kB" : " MB" : " " + unit, bytes ? small ? 1_000 : 1_000_000 : 1)
                .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, terminal.columns() - 1))
                .showSpeed()
                .build();
        return new Meter() {
            @Override
            public void to(long done) {
                bar.stepTo(done);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
