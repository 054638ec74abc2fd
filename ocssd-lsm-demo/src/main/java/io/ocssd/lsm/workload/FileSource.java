package io.ocssd.lsm.workload;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The regular files below a directory: key = prefix and path below it with {@code /} between names, in UTF-8; value =
 * content. Symbolic links are not followed. Sorted by key, so the order of the file system does not matter.
 */
public final class FileSource implements Source {
    private final List<Entry> entries;
    private final List<String> unreadable;

    private static final class Entry {
        private final byte[] key;
        private final Path file;
        private final long bytes;

        Entry(byte[] key, Path file, long bytes) {
            this.key = key;
            this.file = file;
            this.bytes = bytes;
        }
    }

    private FileSource(List<Entry> entries, List<String> unreadable) {
        this.entries = entries;
        this.unreadable = unreadable;
    }

    /**
     * Lists the files of a directory.
     *
     * @param prefix what keys begin with; may be empty
     * @throws NotDirectoryException when it is none
     */
    public static FileSource of(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new NotDirectoryException(directory.toString())
                    : new NoSuchFileException(directory.toString());
        }
        List<Entry> entries = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        // A link that was named itself is followed; those below are not.
        Files.walkFileTree(directory.toRealPath(), new Visitor(directory.toRealPath(), prefix, entries, unreadable));
        entries.sort(Comparator.comparing((Entry entry) -> entry.key, Arrays::compareUnsigned));
        unreadable.sort(null);
        return new FileSource(entries, ImmutableList.copyOf(unreadable));
    }

    /** Files and directories that could not be looked at, or whose names are not text in this locale, sorted. */
    public List<String> unreadable() {
        return unreadable;
    }

    /** Where the value of an entry is. */
    public Path file(int index) {
        return entries.get(index).file;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public byte[] key(int index) {
        return entries.get(index).key;
    }

    @Override
    public long valueBytes(int index) {
        return entries.get(index).bytes;
    }

    @Override
    public byte[] value(int index) throws IOException {
        return Files.readAllBytes(entries.get(index).file);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final String prefix;
        private final List<Entry> entries;
        private final List<String> unreadable;

        Visitor(Path root, String prefix, List<Entry> entries, List<String> unreadable) {
            this.root = root;
            this.prefix = prefix;
            this.entries = entries;
            this.unreadable = unreadable;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isText(file)) {
                unreadable.add(root.relativize(file).toString());
            } else if (attributes.isRegularFile()) {
                entries.add(new Entry(key(file), file, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) {
            unreadable.add(root.relativize(file).toString());
            return FileVisitResult.CONTINUE;
        }

        /** Whether the name survives being a text: two names that do not could become the same key. */
        private static boolean isText(Path file) {
            String text = file.toString();
            return text.indexOf(0xFFFD) < 0
                    && file.getFileSystem().getPath(text).equals(file);
        }

        private byte[] key(Path file) {
            StringBuilder key = new StringBuilder(prefix);
            String separator = "";
            for (Path name : root.relativize(file)) {
                key.append(separator).append(name);
                separator = "/";
            }
            return key.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
