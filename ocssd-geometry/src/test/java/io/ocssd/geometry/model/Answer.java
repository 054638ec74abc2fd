package io.ocssd.geometry.model;

/**
 * What a device answered.
 *
 * @param failed bitmap of failed addresses
 * @param address where an append went
 * @param data what a read gave, by address; null where the buffer was left as it was
 * @param oob likewise
 */
record Answer(int status, long failed, long address, byte[][] data, byte[][] oob) {
    boolean isFailed(int index) {
        return (failed >>> index & 1) != 0;
    }

    @Override
    public String toString() {
        return String.format("status 0x%03X, failed 0x%X, address 0x%X", status, failed, address);
    }
}
