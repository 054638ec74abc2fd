package io.ocssd.geometry.emulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A file as the host sees it, and its disk: what was written is held back until it is forced. When the host dies a part of
 * it, by the seed, has reached the disk, in any order and torn anywhere.
 */
final class HoldingBacking implements Backing {
    /** The host died in the middle of a call. */
    static final class HostDied extends Error {
        private static final long serialVersionUID = 1L;

        HostDied() {
            super("the host died", null, false, false);
        }
    }

    /** What the page cache hands to the disk at once. */
    private static final int PAGE_BYTES = 4096;

    private record Held(long offset, byte[] bytes) {
        private void write(byte[] file) {
            System.arraycopy(bytes, 0, file, (int) offset, bytes.length);
        }
    }

    private final byte[] seen;
    private final byte[] disk;
    private final SplittableRandom random;
    private final List<Held> held = new ArrayList<>();
    private long callsLeft;

    /**
     * A file whose content is on its disk.
     *
     * @param content belongs to it from then on
     * @param calls writes and forces until the host dies
     */
    HoldingBacking(byte[] content, SplittableRandom random, long calls) {
        this.seen = content.clone();
        this.disk = content;
        this.random = random;
        this.callsLeft = calls;
    }

    /** What the host would go on to show if it had not died. */
    byte[] seen() {
        return seen;
    }

    /** What is on the disk when the host dies now; then it is of no use any more. */
    byte[] afterDeath() {
        List<Held> pieces = new ArrayList<>();
        for (Held each : held) {
            for (int from = 0, to; from < each.bytes.length; from = to) {
                long inPage = (each.offset + from) % PAGE_BYTES;
                to = (int) Math.min(each.bytes.length, from + PAGE_BYTES - inPage);
                pieces.add(new Held(each.offset + from, Arrays.copyOfRange(each.bytes, from, to)));
            }
        }
        Collections.shuffle(pieces, new Random(random.nextLong()));
        // Sometimes nearly all of it is there, sometimes nearly nothing: what lies between is the smaller danger.
        int outOf = 1 + random.nextInt(8);
        boolean mostly = random.nextBoolean();
        for (Held each : pieces) {
            boolean odd = random.nextInt(outOf) == 0;
            if (odd && random.nextBoolean()) {
                int from = random.nextInt(each.bytes.length);
                int to = from + 1 + random.nextInt(each.bytes.length - from);
                System.arraycopy(each.bytes, from, disk, (int) each.offset + from, to - from);
            } else if (odd != mostly) {
                each.write(disk);
            }
        }
        return disk;
    }

    @Override
    public void read(ByteBuffer target, long offset) {
        target.put(seen, (int) offset, target.remaining());
    }

    @Override
    public void write(ByteBuffer source, long offset) {
        Held written = new Held(offset, new byte[source.remaining()]);
        source.get(written.bytes);
        written.write(seen);
        held.add(written);
        count();
    }

    @Override
    public void commit() {}

    @Override
    public void force() {
        count();
        for (Held each : held) {
            each.write(disk);
        }
        held.clear();
    }

    @Override
    public boolean givesSpaceBack() {
        return true;
    }

    /** Rubbish from then on, at once: whoever gives space back must not need it any more. */
    @Override
    public void discard(long offset, long length) {
        Held rubbish = new Held(offset, new byte[(int) length]);
        new Random(offset).nextBytes(rubbish.bytes);
        rubbish.write(seen);
        rubbish.write(disk);
        count();
    }

    @Override
    public void close() {}

    private void count() {
        if (--callsLeft == 0) {
            throw new HostDied();
        }
    }
}
