// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was prepared for the shapes used last. Finding allocates nothing.
 *
 * @param <T> what is kept for one shape
 */
final class ShapeCache<T> {
  /** The batch and the shorter last batch, of the training and of the evaluation. */
  private static final int CAPACITY = 4;

  private final List<Entry<T>> latestFirst = new ArrayList<>(CAPACITY);

  /** What was added for an equal shape, or null. */
  T find(int[] shape) {
    for (int i = 0; i < latestFirst.size(); i++) {
      Entry<T> entry = latestFirst.get(i);
      if (Arrays.equals(entry.shape, shape)) {
        if (i > 0) {
          latestFirst.addFirst(latestFirst.remove(i));
        }
        return entry.prepared;
      }
    }
    return null;
  }

  /** Keeps {@code prepared}, at the cost of the shape unused for longest when full. */
  void add(int[] shape, T prepared) {
    if (latestFirst.size() == CAPACITY) {
      latestFirst.removeLast();
    }
    latestFirst.addFirst(new Entry<>(shape, prepared));
  }

  /** Keeps nothing any longer. */
  void clear() {
    latestFirst.clear();
  }

  private record Entry<T>(int[] shape, T prepared) {}
}
