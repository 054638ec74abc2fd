package io.ocssd.cli.bench.measure;

import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;

/**
 * What became of the requests of one kind. Belongs to one task at a time.
 *
 * <p>Latencies are of the requests that arrived inside the window and succeeded, whenever they completed; rates are of what
 * completed inside, so that neither knows what is under way at the edges.
 */
public final class Measure {
    private final Window window;
    private final Latencies latencies = new Latencies();
    private long requests;
    private long bytes;
    private long ended;
    private long errors;
    private long erases;
    private long unsent;
    private int firstErrorStatus = NvmeStatus.SUCCESS;
    private long firstErrorAddress;

    /** Nothing yet. */
    public Measure(Window window) {
        this.window = window;
    }

    /**
     * Takes a request that has ended well.
     *
     * @param arrivalNanos when it was there to be served; its latency begins then
     */
    public void succeeded(long arrivalNanos, long nowNanos, long requestBytes) {
        if (window.counts(nowNanos)) {
            requests++;
            bytes += requestBytes;
        }
        if (window.isInside(arrivalNanos)) {
            ended++;
            latencies.record(nowNanos - arrivalNanos);
        }
    }

    /** Takes a request that has failed; {@code address} is the first that did. */
    public void failed(long arrivalNanos, int status, long address) {
        if (firstErrorStatus == NvmeStatus.SUCCESS) {
            firstErrorStatus = status;
            firstErrorAddress = address;
        }
        if (window.isInside(arrivalNanos)) {
            ended++;
            errors++;
        }
    }

    /** Takes a block that was erased to be written again. */
    public void erased(long nowNanos) {
        if (window.counts(nowNanos)) {
            erases++;
        }
    }

    /** Takes requests that arrived inside the window and were never sent, since the device was too slow for them. */
    public void unsent(long count) {
        unsent += count;
    }

    /** The window. */
    public Window window() {
        return window;
    }

    /** Latencies of requests that arrived inside the window. */
    public Latencies latencies() {
        return latencies;
    }

    /** Requests that arrived inside the window and have ended, well or not. */
    public long ended() {
        return ended;
    }

    /** Requests that completed inside the window. */
    public long requests() {
        return requests;
    }

    /** Their bytes. */
    public long bytes() {
        return bytes;
    }

    /** Requests that arrived inside the window and failed. */
    public long errors() {
        return errors;
    }

    /** Blocks erased inside the window. */
    public long erases() {
        return erases;
    }

    /** Requests that arrived inside the window and were never sent. */
    public long unsent() {
        return unsent;
    }

    /** What the first failure was, in one sentence; null when nothing failed. */
    public String firstError() {
        return firstErrorStatus == NvmeStatus.SUCCESS
                ? null
                : NvmeStatus.name(firstErrorStatus) + " at " + Ppa.toString(firstErrorAddress);
    }

    /** Bytes by the time of the window, in 10^6 a second. */
    public double megabytesPerSecond() {
        long nanos = window.nanos();
        return nanos == 0 ? 0 : bytes * 1e3 / nanos;
    }

    /** Requests by the time of the window, a second. */
    public double requestsPerSecond() {
        long nanos = window.nanos();
        return nanos == 0 ? 0 : requests * 1e9 / nanos;
    }
}
