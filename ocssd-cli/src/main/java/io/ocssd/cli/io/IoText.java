package io.ocssd.cli.io;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Table;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was sent and answered, for a person: neighbours with the same result share a line. */
final class IoText {
    private final PrintStream out;
    private final Plan plan;

    IoText(PrintStream out, Plan plan) {
        this.out = out;
        this.plan = plan;
    }

    /** What would be sent. */
    void printDryRun() {
        out.println("would " + sentence() + ":");
        for (Plan.Piece piece : plan.pieces()) {
            Rows rows = new Rows(false);
            for (int i = 0; i < piece.addresses().length(); i++) {
                rows.add(piece, i, "");
            }
            rows.print();
        }
    }

    /** What was answered. */
    void print(List<Answer> answers) {
        long nanos = answers.stream().mapToLong(Answer::nanos).sum();
        boolean good = answers.stream().allMatch(Answer::isGood);
        out.println((good ? "" : "FAILED to ") + sentence() + (nanos > 0 ? ", in " + Numbers.nanos(nanos) : ""));
        Rows rows = new Rows(true);
        for (Answer answer : answers) {
            for (int i = 0; i < answer.piece().addresses().length(); i++) {
                String code = answer.isSent() && (answer.failedAddresses() >>> i & 1) != 0
                        ? String.format(Locale.ROOT, " (0x%03X)", answer.status())
                        : "";
                rows.add(answer.piece(), i, answer.result(i) + code);
            }
        }
        rows.print();
    }

    /** A hint for the first thing that went wrong; empty when there is none. */
    static String hint(List<Answer> answers, int wsMin) {
        for (Answer answer : answers) {
            if (answer.isSent() && !answer.isGood()) {
                return switch (answer.status()) {
                    case NvmeStatus.INVALID_FIELD -> "a write has a multiple of ws_min = " + wsMin + " sectors";
                    case NvmeStatus.INVALID_OPCODE -> "ocssd device info tells what the device can do";
                    case NvmeStatus.OUT_OF_ORDER, NvmeStatus.ZONE_INVALID_WRITE ->
                        "ocssd device report shows state and write pointer of a block";
                    case NvmeStatus.WRITE_FAULT ->
                        "a block that is full or offline takes no write, nor a free one when as many are open as may be;"
                                + " ocssd device report and device info show it";
                    case NvmeStatus.DEALLOCATED ->
                        "only sectors below the write pointer can be read, in an open block mw_cunits below it";
                    case NvmeStatus.INVALID_RESET ->
                        "a block that is free or open can't be erased, one where the flash failed is offline now; ocssd device"
                                + " report shows it";
                    default -> "ocssd device report shows the state of a block";
                };
            }
        }
        return "";
    }

    private String sentence() {
        boolean blocks = plan.operation() == Operation.ERASE;
        int commands = plan.pieces().size();
        return plan.operation().name().toLowerCase(Locale.ROOT) + " " + plan.size()
                + (blocks ? " block" : " sector") + (plan.size() == 1 ? "" : "s") + " with " + commands
                + (plan.scalar() ? " scalar" : " vector") + (commands == 1 ? " command" : " commands");
    }

    /** Lines of a table; an address that continues the line before is added to it. */
    private final class Rows {
        private final boolean results;
        private final Table table;
        private long first;
        private long last;
        private long firstDestination;
        private long lastDestination;
        private String result;

        Rows(boolean results) {
            this.results = results;
            this.table = new Table(columns("address", "to", "result"));
        }

        void add(Plan.Piece piece, int index, String itsResult) {
            long address = piece.addresses().get(index);
            boolean copies = !piece.destinations().isEmpty();
            long destination = copies ? piece.destinations().get(index) : 0;
            boolean goesOn = result != null
                    && result.equals(itsResult)
                    && plan.operation() != Operation.ERASE
                    && address == last + 1
                    && (!copies || destination == lastDestination + 1);
            if (!goesOn) {
                flush();
                first = address;
                firstDestination = destination;
                result = itsResult;
            }
            last = address;
            lastDestination = destination;
        }

        void print() {
            flush();
            table.print(out);
        }

        private String[] columns(String address, String to, String itsResult) {
            List<String> columns = new ArrayList<>();
            columns.add(address);
            if (plan.operation() == Operation.COPY) {
                columns.add(to);
            }
            if (results) {
                columns.add(itsResult);
            }
            return columns.toArray(String[]::new);
        }

        private void flush() {
            if (result != null) {
                table.row((Object[]) columns(range(first, last), range(firstDestination, lastDestination), result));
            }
        }

        private String range(long from, long to) {
            String fields = Ppa.toString(from);
            return plan.operation() == Operation.ERASE
                    ? fields.substring(0, fields.lastIndexOf(','))
                    : fields + (to == from ? "" : "-" + Ppa.sector(to));
        }
    }
}
