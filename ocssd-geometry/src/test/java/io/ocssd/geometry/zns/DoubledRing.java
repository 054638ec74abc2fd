package io.ocssd.geometry.zns;

import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.geometry.natives.Ring;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A double of io_uring that does what was handed over at once, the entry that was prepared last first. */
final class DoubledRing implements Ring {
    private record Entry(boolean write, int descriptor, long address, int bytes, long offset, long userData) {}

    private record Done(long userData, int result) {}

    private final Kernel kernel;
    private final int entries;
    private final Deque<Entry> prepared = new ArrayDeque<>();
    private final Deque<Done> done = new ArrayDeque<>();
    private boolean closed;
    private boolean woken;
    private Done taken;

    DoubledRing(Kernel kernel, int entries) {
        this.kernel = kernel;
        this.entries = entries;
    }

    @Override
    public boolean read(int descriptor, long address, int bytes, long offset, long userData) {
        return prepare(new Entry(false, descriptor, address, bytes, offset, userData));
    }

    @Override
    public boolean write(int descriptor, long address, int bytes, long offset, long userData) {
        return prepare(new Entry(true, descriptor, address, bytes, offset, userData));
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the memory of a real ring is gone by now");
        }
    }

    private boolean prepare(Entry entry) {
        checkOpen();
        if (prepared.size() == entries) {
            return false;
        }
        prepared.push(entry);
        return true;
    }

    @Override
    public int prepared() {
        return prepared.size();
    }

    @Override
    public synchronized int submit() {
        checkOpen();
        while (!prepared.isEmpty()) {
            Entry each = prepared.pop();
            long result = each.write()
                    ? kernel.pwrite(each.descriptor(), each.address(), each.bytes(), each.offset())
                    : kernel.pread(each.descriptor(), each.address(), each.bytes(), each.offset());
            done.add(new Done(each.userData(), (int) result));
        }
        return 0;
    }

    @Override
    public synchronized int await(int min, long nanos) {
        submit();
        while (done.size() < min) {
            if (woken) {
                woken = false;
                done.add(new Done(WAKE, Long.BYTES));
                continue;
            }
            try {
                if (nanos == FOREVER) {
                    wait();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, nanos);
                    return woken || done.size() >= min ? 0 : -Errno.ETIME;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -Errno.EINTR;
            }
        }
        return 0;
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized boolean take() {
        checkOpen();
        taken = done.poll();
        return taken != null;
    }

    @Override
    public long userData() {
        return taken.userData();
    }

    @Override
    public int result() {
        return taken.result();
    }

    @Override
    public void close() {
        prepared.clear();
        closed = true;
    }
}
