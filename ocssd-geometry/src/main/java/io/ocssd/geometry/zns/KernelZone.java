package io.ocssd.geometry.zns;

/**
 * A zone as the kernel reports it.
 *
 * @param startByte where it begins
 * @param lengthBytes distance to the next one
 * @param capacityBytes what can be written of it; its length where the kernel does not tell
 * @param writtenBytes what is written; the capacity of a full one, 0 where there is no write pointer
 * @param conventional whether it is written anywhere
 * @param condition one of the conditions of {@link ZoneLayout}
 */
record KernelZone(
        long startByte, long lengthBytes, long capacityBytes, long writtenBytes, boolean conventional, int condition) {
    /** What can be done with it. A conventional zone is left alone: it is out of use here. */
    ZoneState state() {
        if (conventional) {
            return ZoneState.OFFLINE;
        }
        return switch (condition) {
            case ZoneLayout.CONDITION_EMPTY -> ZoneState.EMPTY;
            case ZoneLayout.CONDITION_IMPLICITLY_OPEN, ZoneLayout.CONDITION_CLOSED -> ZoneState.ACTIVE;
            case ZoneLayout.CONDITION_EXPLICITLY_OPEN -> ZoneState.EXPLICITLY_OPEN;
            case ZoneLayout.CONDITION_FULL -> ZoneState.FULL;
            case ZoneLayout.CONDITION_READ_ONLY -> ZoneState.READ_ONLY;
            default -> ZoneState.OFFLINE;
        };
    }
}
