package io.ocssd.cli.kv;

import io.ocssd.cli.frame.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys and values as text: any bytes are possible, mostly they are UTF-8. */
final class Texts {
    /** What stands for bytes that could not be read as text. */
    private static final int UNKNOWN = 0xFFFD;

    private Texts() {}

    /** Bytes of a text that the user typed; one that did not arrive as it was typed could be taken for another. */
    static byte[] bytes(String text) {
        if (text.indexOf(UNKNOWN) >= 0) {
            throw Failure.usage("\"" + text + "\" is not UTF-8, or the locale is not", "set LC_ALL=C.UTF-8");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text that the bytes are, or null when they are not UTF-8. */
    static String textOrNull(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Base64 of bytes that are no text, null when they are one. */
    static String base64OrNull(byte[] bytes) {
        return textOrNull(bytes) == null ? Base64.getEncoder().encodeToString(bytes) : null;
    }

    /** One line for people: what can't be shown is escaped as {@code \xNN}. */
    static String line(byte[] bytes) {
        String text = textOrNull(bytes);
        if (text == null) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
            StringBuilder escaped = new StringBuilder();
            text.chars().forEach(c -> append(escaped, c, c < 0x20 || c >= 0x7f));
            return escaped.toString();
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> append(escaped, c, Character.isISOControl(c)));
        return escaped.toString();
    }

    private static void append(StringBuilder text, int codePoint, boolean escape) {
        if (escape || codePoint == '\\') {
            text.append(codePoint == '\\' ? "\\\\" : String.format("\\x%02x", codePoint));
        } else {
            text.appendCodePoint(codePoint);
        }
    }
}
