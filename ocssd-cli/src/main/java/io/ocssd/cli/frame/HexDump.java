package io.ocssd.cli.frame;

import java.io.PrintStream;
import java.util.Locale;

/** Bytes as hexadecimal digits and characters; lines that repeat the one before are a star. */
public final class HexDump {
    private static final int WIDTH = 16;

    private HexDump() {}

    /** Prints them. */
    public static void print(PrintStream out, byte[] bytes) {
        String before = null;
        boolean starred = false;
        for (int at = 0; at < bytes.length; at += WIDTH) {
            int end = Math.min(bytes.length, at + WIDTH);
            String line = line(bytes, at, end);
            if (line.equals(before) && end < bytes.length) {
                if (!starred) {
                    out.println("*");
                }
                starred = true;
                continue;
            }
            out.println(String.format(Locale.ROOT, "%08x  ", at) + line);
            before = line;
            starred = false;
        }
    }

    private static String line(byte[] bytes, int from, int end) {
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = from; i < end; i++) {
            int each = bytes[i] & 0xFF;
            hex.append(String.format(Locale.ROOT, "%02x ", each));
            if (i - from == WIDTH / 2 - 1) {
                hex.append(' ');
            }
            text.append(each >= 0x20 && each < 0x7F ? (char) each : '.');
        }
        return String.format(Locale.ROOT, "%-49s", hex) + " |" + text + "|";
    }
}
