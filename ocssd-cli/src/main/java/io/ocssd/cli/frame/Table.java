package io.ocssd.cli.frame;

import com.google.common.base.Strings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns of text; those that are headed by a name beginning with {@code >} are aligned to the right. */
public final class Table {
    private final String[] heads;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** A table with these heads. */
    public Table(String... heads) {
        this.heads = new String[heads.length];
        this.right = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            this.heads[i] = right[i] ? heads[i].substring(1) : heads[i];
        }
    }

    /** Adds a row with a cell for each head. */
    public void row(Object... cells) {
        if (cells.length != heads.length) {
            throw new IllegalArgumentException("cells=" + cells.length + ", heads=" + heads.length);
        }
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = String.valueOf(cells[i]);
        }
        rows.add(row);
    }

    /** Prints heads and rows. */
    public void print(PrintStream out) {
        int[] widths = new int[heads.length];
        for (int i = 0; i < heads.length; i++) {
            widths[i] = heads[i].length();
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        print(out, heads, widths);
        for (String[] row : rows) {
            print(out, row, widths);
        }
    }

    private void print(PrintStream out, String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(i == 0 ? "" : "  ")
                    .append(
                            right[i]
                                    ? Strings.padStart(row[i], widths[i], ' ')
                                    : Strings.padEnd(row[i], widths[i], ' '));
        }
        out.println(line.toString().stripTrailing());
    }
}
