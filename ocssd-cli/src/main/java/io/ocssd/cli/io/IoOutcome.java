package io.ocssd.cli.io;

import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.NvmeStatus;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a verb came to: prints it, and says so when the device did not do all of it. */
final class IoOutcome {
    private final Plan plan;
    private final List<Answer> answers;
    private final long dataBytes;
    private final int wsMin;

    /** Of a plan that was carried out; of a dry run when {@code answers} is null. */
    IoOutcome(Plan plan, List<Answer> answers, long dataBytes, int wsMin) {
        this.plan = plan;
        this.answers = answers;
        this.dataBytes = dataBytes;
        this.wsMin = wsMin;
    }

    /** The JSON document. */
    IoView view() {
        return answers == null ? IoView.ofDryRun(plan, dataBytes) : IoView.of(plan, answers, dataBytes);
    }

    /** Prints it in whatever form the user wants. */
    void print(Session session) {
        if (session.json()) {
            session.json(view());
        } else {
            printText(session, session.out());
        }
    }

    /** Prints it for a person. */
    void printText(Session session, PrintStream out) {
        IoText text = new IoText(out, plan);
        if (answers == null) {
            text.printDryRun();
        } else if (!session.quiet()) {
            text.print(answers);
        }
    }

    /**
     * Returns when the device did all of it.
     *
     * @throws Failure when it did not
     */
    void check() {
        if (answers == null) {
            return;
        }
        int failed = 0;
        int notWritten = 0;
        Answer first = null;
        for (Answer answer : answers) {
            for (int i = 0; i < answer.piece().addresses().length(); i++) {
                failed += answer.hasFailed(i) ? 1 : 0;
                notWritten += answer.isNotWritten(i) ? 1 : 0;
            }
            first = first == null && !answer.isGood() ? answer : first;
        }
        if (first != null) {
            throw Failure.refused(
                    failed + " of " + plan.size() + " addresses failed"
                            + (notWritten == 0
                                    ? ""
                                    : ", and " + notWritten + (notWritten == 1 ? " was" : " were") + " not written")
                            + ": "
                            + String.format(
                                    Locale.ROOT, "%s (0x%03X)", NvmeStatus.name(first.status()), first.status()),
                    IoText.hint(answers, wsMin));
        }
    }
}
