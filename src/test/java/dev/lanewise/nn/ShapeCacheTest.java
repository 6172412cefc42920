// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ShapeCacheTest {
  private final ShapeCache<String> cache = new ShapeCache<>();

  @Test
  void findsByTheSizesNotByTheArray() {
    cache.add(new int[] {2, 3}, "2x3");
    cache.add(new int[] {3, 2}, "3x2");
    assertEquals("2x3", cache.find(new int[] {2, 3}));
    assertEquals("3x2", cache.find(new int[] {3, 2}));
    assertNull(cache.find(new int[] {2, 3, 1}));
  }

  @Test
  void forgetsTheShapeUnusedForLongest() {
    for (int size = 1; size <= 4; size++) {
      cache.add(new int[] {size}, "size " + size);
    }
    assertEquals("size 1", cache.find(new int[] {1}));
    cache.add(new int[] {5}, "size 5");
    assertNull(cache.find(new int[] {2}));
    for (int size : new int[] {1, 3, 4, 5}) {
      assertEquals("size " + size, cache.find(new int[] {size}));
    }
  }
}
