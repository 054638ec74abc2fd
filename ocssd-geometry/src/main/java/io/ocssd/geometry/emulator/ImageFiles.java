package io.ocssd.geometry.emulator;

import io.ocssd.error.BusyException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes and opens image files. What is refused is left as it was. */
final class ImageFiles {
    private ImageFiles() {}

    /** Makes an image; only what is not zero is written. */
    static void create(Path file, CreationParameters parameters, Persistence persistence) throws IOException {
        ImageLayout layout = new ImageLayout(parameters.geometry(), parameters.payload());
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
        } catch (FileAlreadyExistsException e) {
            throw new BusyException(
                    file + (Files.isDirectory(file) ? " is a directory" : " exists already") + "; it was not changed",
                    "choose another name, or delete it first");
        } catch (NoSuchFileException e) {
            throw new NotFoundException(
                    file + " can't be made: its directory does not exist", "make the directory first");
        } catch (AccessDeniedException e) {
            throw new OcssdException(
                    file + " can't be made: permission denied", "choose a directory that you may write to", e);
        } catch (IOException e) {
            throw new OcssdException(file + " can't be made: " + e.getMessage(), "choose another place", e);
        }
        boolean made = false;
        try (Backing backing =
                new FileBacking(channel, () -> FileChannel.open(file, StandardOpenOption.WRITE), () -> {})) {
            backing.write(ByteBuffer.allocateDirect(1), layout.bytes() - 1);
            DriveImage.format(parameters, layout, backing);
            if (persistence == Persistence.HOST) {
                force(file, backing);
            }
            made = true;
        } catch (IOException e) {
            throw new OcssdException(
                    file + " can't be made with " + layout.bytes() + " bytes: " + e.getMessage(),
                    "make a smaller drive, or choose a file system that can hold it",
                    e);
        } finally {
            if (!made) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Opens an image and holds it until its backing is closed. */
    static DriveImage open(Path file, Persistence persistence, boolean returnsSpace) throws IOException {
        if (!Files.exists(file)) {
            throw new NotFoundException(
                    "there is no file " + file, "make a drive with: ocssd device create emu:" + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new NotRecognisedException(
                    file + (Files.isDirectory(file) ? " is a directory" : " is no regular file")
                            + " and no drive image",
                    "name the image file itself");
        }
        ImageLock.Claim claim = ImageLock.claim(file);
        FileBacking backing = null;
        try {
            FileChannel channel = openLocked(file, claim);
            backing = backing(file, claim, channel);
            if (returnsSpace) {
                backing.giveSpaceBackBy(HolePunch.open(file, channel.size()));
            }
            if (persistence == Persistence.HOST) {
                force(file, backing);
            }
            return DriveImage.open(file.toString(), channel.size(), backing, backing::map, persistence);
        } catch (IOException | RuntimeException e) {
            if (backing == null) {
                ImageLock.release(claim);
            } else {
                backing.close();
            }
            throw e;
        }
    }

    /** Holds a file that was claimed, opened and locked. */
    static FileBacking backing(Path file, ImageLock.Claim claim, FileChannel channel) {
        FileBacking backing = new FileBacking(channel, () -> openLocked(file, claim), () -> ImageLock.release(claim));
        claim.holder = backing;
        return backing;
    }

    /** Opens and locks the file that was claimed. */
    static FileChannel openLocked(Path file, ImageLock.Claim claim) throws IOException {
        FileChannel channel = openChannel(file);
        boolean locked = false;
        try {
            if (!ImageLock.isOn(claim, file)) {
                throw new BusyException(
                        file + " is not the file any more that was opened: it was replaced by another",
                        "leave an image alone while a drive has it open");
            }
            ImageLock.lock(file, channel);
            locked = true;
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new OcssdException(
                    file + " can't be opened for reading and writing: permission denied",
                    "an emulated drive needs a file that you may write to",
                    e);
        } catch (IOException e) {
            throw new OcssdException(
                    file + " can't be opened for reading and writing: " + e.getMessage(),
                    "an emulated drive needs a file that you may write to",
                    e);
        }
    }

    /**
     * Makes what is there durable, the file's name included, so that what follows has something to stand on. Where directories
     * can't be opened the host takes care of them itself.
     */
    private static void force(Path file, Backing backing) throws IOException {
        backing.force();
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }
}
