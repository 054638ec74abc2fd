package io.ocssd.cli.address;

import io.ocssd.cli.frame.Failure;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.page.GeometryPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A geometry page in a file: the bytes that a drive answers the geometry command with, and nothing else. */
final class GeometryFile {
    private GeometryFile() {}

    /**
     * Reads one.
     *
     * @param sectorBytes what the page does not say
     * @throws NotRecognisedException when it is no geometry page of Open-Channel SSD 2.0
     */
    static GeometryPage read(Path file, int sectorBytes) throws IOException {
        if (Files.isDirectory(file)) {
            throw Failure.refused(file + " is a directory, and no geometry page", hint());
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(GeometryPage.BYTES + 1);
        }
        if (bytes.length != GeometryPage.BYTES) {
            String found = bytes.length < GeometryPage.BYTES ? "" + bytes.length : "more than " + GeometryPage.BYTES;
            throw Failure.refused(file + " has " + found + " bytes: a geometry page has " + GeometryPage.BYTES, hint());
        }
        try {
            return GeometryPage.decode(ByteBuffer.wrap(bytes), 0, sectorBytes, 0);
        } catch (NotRecognisedException e) {
            throw new NotRecognisedException(file + ": " + e.getMessage(), hint());
        }
    }

    private static String hint() {
        return "give the " + GeometryPage.BYTES
                + " bytes that an Open-Channel SSD 2.0 answers the geometry command (0xE2) with";
    }
}
