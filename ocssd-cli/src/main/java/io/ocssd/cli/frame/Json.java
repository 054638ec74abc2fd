package io.ocssd.cli.frame;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * JSON documents.
 *
 * <p>Documents are records: their components are the keys, in their order, so keys are stable. Numbers are plain and in
 * base units, with the unit in the key; what is not known is null.
 */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    private Json() {}

    /** Prints a document and ends the line. */
    public static void print(PrintStream out, Object document) {
        out.println(GSON.toJson(document));
    }

    /** Writes a document that is too large to be held in memory, piece by piece. */
    public static JsonWriter stream(PrintStream out) throws IOException {
        return GSON.newJsonWriter(new PrintWriter(out, false, StandardCharsets.UTF_8));
    }

    /** Writes a record as one value of such a document. */
    public static void write(JsonWriter writer, Object document) {
        GSON.toJson(document, document.getClass(), writer);
    }
}
