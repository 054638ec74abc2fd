package io.ocssd.lsm.workload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;

/** The runtime image of the JDK that runs this: real data that every user has, about 27,000 files and 127 MB on 17. */
public final class JdkImage {
    private JdkImage() {}

    /** All its files: key = path below {@code /modules}. */
    public static Source open() throws IOException {
        // The runtime's own file system: never closed.
        FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
        return FileSource.of(image.getPath("/modules"), "");
    }
}
