package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.RawPage;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The administrative side of a device with faults: its chunk information shows the damage, and the media feedback feature is
 * there even when the device has none, since it is the decorator that high error counts come from. Thread-safe.
 */
final class FaultyAdmin implements DeviceAdmin {
    /** Bytes of a chunk descriptor, and of its fields (Open-Channel SSD 2.0, chunk information log page). */
    private static final int DESCRIPTOR_BYTES = 32;

    private static final int STATE_OFFSET = 0;
    private static final int WRITE_POINTER_OFFSET = 24;
    private static final byte CLOSED = 0x2;
    private static final byte OFFLINE = 0x8;

    private final DeviceAdmin inner;
    private final DeviceBelow below;
    private volatile boolean dulbe;
    private volatile int mediaFeedback;
    private volatile boolean ownMediaFeedback;

    FaultyAdmin(DeviceAdmin inner, DeviceBelow below) {
        this.inner = inner;
        this.below = below;
    }

    /** Looks at how the features are set now. */
    void look() throws GoneException {
        try {
            dulbe = (inner.feature(FEATURE_ERROR_RECOVERY) & DULBE) != 0;
        } catch (DeviceException e) {
            // It has no such feature. Then it behaves as the library wants it.
            dulbe = true;
        }
        try {
            mediaFeedback = inner.feature(FEATURE_MEDIA_FEEDBACK);
        } catch (DeviceException e) {
            ownMediaFeedback = true;
        }
    }

    /** Whether reads of what is not readable fail. */
    boolean dulbe() {
        return dulbe;
    }

    /** Whether reads with a high error count say so. */
    boolean highEccAsked() {
        return (mediaFeedback & HIGH_ECC) != 0;
    }

    @Override
    public ByteBuffer geometryPage() throws DeviceException, GoneException {
        return inner.geometryPage();
    }

    @Override
    public List<RawPage> identifyPages() throws GoneException {
        return inner.identifyPages();
    }

    @Override
    public void logPage(int logId, long offset, ByteBuffer target) throws DeviceException, GoneException {
        int start = target.position();
        inner.logPage(logId, offset, target);
        if (logId == LOG_CHUNK_INFORMATION) {
            show(offset, target.duplicate().flip().position(start));
        }
    }

    /** Changes the bytes of descriptors that are there, as far as they are. */
    private void show(long offset, ByteBuffer bytes) {
        BlockReport damage = null;
        byte[] pointer = new byte[Long.BYTES];
        int end = bytes.limit();
        int start = bytes.position();
        for (long block = offset / DESCRIPTOR_BYTES; block < below.geometry.blocks(); block++) {
            int at = (int) (start + block * DESCRIPTOR_BYTES - offset);
            if (at >= end) {
                return;
            }
            if (!below.damage.isDamaged((int) block)) {
                continue;
            }
            if (damage == null) {
                damage = new BlockReport(below.geometry);
                below.damage.show(damage);
            }
            switch (damage.state((int) block)) {
                case CLOSED -> {
                    put(bytes, start, end, at + STATE_OFFSET, CLOSED);
                    ByteBuffer.wrap(pointer).order(ByteOrder.LITTLE_ENDIAN).putLong(damage.writePointer((int) block));
                }
                case OFFLINE -> {
                    put(bytes, start, end, at + STATE_OFFSET, OFFLINE);
                    ByteBuffer.wrap(pointer).putLong(-1);
                }
                case FREE, OPEN -> {
                    continue;
                }
            }
            for (int i = 0; i < pointer.length; i++) {
                put(bytes, start, end, at + WRITE_POINTER_OFFSET + i, pointer[i]);
            }
        }
    }

    private static void put(ByteBuffer bytes, int start, int end, int at, byte value) {
        if (at >= start && at < end) {
            bytes.put(at, value);
        }
    }

    @Override
    public int feature(int featureId) throws DeviceException, GoneException {
        return featureId == FEATURE_MEDIA_FEEDBACK && ownMediaFeedback ? mediaFeedback : inner.feature(featureId);
    }

    @Override
    public void setFeature(int featureId, int value) throws DeviceException, GoneException {
        boolean own =
                featureId == FEATURE_MEDIA_FEEDBACK && ownMediaFeedback && (value & ~(HIGH_ECC | VERY_HIGH_ECC)) == 0;
        if (!own) {
            inner.setFeature(featureId, value);
        }
        if (featureId == FEATURE_MEDIA_FEEDBACK) {
            mediaFeedback = value;
        } else if (featureId == FEATURE_ERROR_RECOVERY) {
            dulbe = (value & DULBE) != 0;
        }
    }

    @Override
    public Signal notifications() {
        return inner.notifications();
    }
}
