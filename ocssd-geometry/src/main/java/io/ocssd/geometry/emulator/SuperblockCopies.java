package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.geometry.emulator.Superblock.Condition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The two copies of an image's superblock, as they were found, and which of them to believe. */
final class SuperblockCopies {
    private final String image;
    private final Condition first;
    private final Condition second;
    private final Superblock superblock;

    private SuperblockCopies(String image, long fileBytes, ByteBuffer firstBytes, ByteBuffer secondBytes)
            throws OcssdException {
        this.image = image;
        this.first = Superblock.condition(firstBytes);
        this.second = Superblock.condition(secondBytes);
        if (isWhole(first)) {
            this.superblock = decode(first, firstBytes);
        } else if (isWhole(second)) {
            this.superblock = decode(second, secondBytes);
        } else {
            throw noneIsWhole(fileBytes, firstBytes, secondBytes);
        }
    }

    /**
     * Reads both copies.
     *
     * @param image name of the file, for messages
     * @param fileBytes its length
     */
    static SuperblockCopies read(String image, long fileBytes, Backing backing) throws IOException {
        ByteBuffer first = read(fileBytes, backing, ImageLayout.SUPERBLOCK_OFFSET);
        ByteBuffer second = read(fileBytes, backing, ImageLayout.SUPERBLOCK_COPY_OFFSET);
        return new SuperblockCopies(image, fileBytes, first, second);
    }

    /** The one to believe. */
    Superblock superblock() {
        return superblock;
    }

    /**
     * Writes both copies anew when one of them is damaged, the damaged one first.
     *
     * @return what its owner should know about that
     */
    ImmutableList<String> repair(Backing backing) throws IOException {
        if (first == Condition.GOOD && second == Condition.GOOD) {
            return ImmutableList.of();
        }
        Superblock anew = superblock.rewritten();
        if (first == Condition.GOOD) {
            backing.write(anew.encode(), ImageLayout.SUPERBLOCK_COPY_OFFSET);
            backing.write(anew.encode(), ImageLayout.SUPERBLOCK_OFFSET);
            return ImmutableList.of("the copy of the superblock of " + image + " was damaged and was rewritten");
        }
        backing.write(anew.encode(), ImageLayout.SUPERBLOCK_OFFSET);
        backing.write(anew.encode(), ImageLayout.SUPERBLOCK_COPY_OFFSET);
        return ImmutableList.of(
                "the superblock of " + image + " was damaged; its copy was used and the superblock rewritten");
    }

    private static boolean isWhole(Condition condition) {
        return condition == Condition.GOOD || condition == Condition.TOO_NEW || condition == Condition.TOO_OLD;
    }

    private Superblock decode(Condition condition, ByteBuffer bytes) throws OcssdException {
        switch (condition) {
            case TOO_NEW, TOO_OLD -> throw otherVersion(condition, bytes);
            default -> {
                try {
                    return Superblock.decode(bytes);
                } catch (IllegalArgumentException e) {
                    throw new CorruptException(
                            "the superblock of " + image + " is whole but makes no sense: " + e.getMessage(),
                            "nothing was changed; bring the image back from a copy or make a new one");
                }
            }
        }
    }

    private OcssdException noneIsWhole(long fileBytes, ByteBuffer firstBytes, ByteBuffer secondBytes) {
        if (first == Condition.ABSENT && second == Condition.ABSENT) {
            return new NotRecognisedException(
                    image + " is no drive image; it was not changed", "make a drive with: ocssd device create");
        }
        if (fileBytes < ImageLayout.STATE_TABLE_OFFSET) {
            return new CorruptException(
                    image + " is truncated: it has " + fileBytes + " bytes, and not even its superblock is whole",
                    "nothing was changed; bring the image back from a copy or make a new one");
        }
        // A checksum that is wrong in both copies while both agree on another version speaks for that version.
        if (first == Condition.DAMAGED
                && second == Condition.DAMAGED
                && Superblock.version(firstBytes) == Superblock.version(secondBytes)
                && Superblock.version(firstBytes) != SuperblockLayout.VERSION) {
            return otherVersion(Superblock.byVersion(Superblock.version(firstBytes)), firstBytes);
        }
        return new CorruptException(
                "the superblock of " + image + " and its copy are both damaged; nothing was changed",
                "bring the image back from a copy or make a new one");
    }

    private OcssdException otherVersion(Condition condition, ByteBuffer bytes) {
        String what = image + " was made by " + (condition == Condition.TOO_NEW ? "a newer" : "an older")
                + " version (image format " + Integer.toUnsignedString(Superblock.version(bytes)) + ", this one knows "
                + SuperblockLayout.VERSION + "); it was not changed";
        return condition == Condition.TOO_NEW
                ? new TooNewException(what, "open it with the version that made it, or a later one")
                : new TooOldException(what, "recreate it");
    }

    /** A copy; zeros where the file is too short for it. */
    private static ByteBuffer read(long fileBytes, Backing backing, long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(SuperblockLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long there = Math.max(0, Math.min(SuperblockLayout.BYTES, fileBytes - offset));
        bytes.limit((int) there);
        backing.read(bytes, offset);
        return bytes.clear();
    }
}
