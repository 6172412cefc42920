// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesEveryKindOfValue() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("string", "a \"b\" \\ \n c");
    object.put("int", 3);
    object.put("long", 1L << 60);
    object.put("double", 0.1);
    object.put("notANumber", Double.NaN);
    object.put("infinite", Double.NEGATIVE_INFINITY);
    object.put("true", true);
    object.put("null", null);
    object.put("array", List.of("a", 1, 2.5));
    object.put("empty", List.of());
    object.put("objects", List.of(Map.of("x", 1), Map.of("y", Map.of())));
    assertEquals(
        """
        {
          "string": "a \\"b\\" \\\\ \\u000a c",
          "int": 3,
          "long": 1152921504606846976,
          "double": 0.1,
          "notANumber": null,
          "infinite": null,
          "true": true,
          "null": null,
          "array": ["a", 1, 2.5],
          "empty": [],
          "objects": [
            {
              "x": 1
            },
            {
              "y": {}
            }
          ]
        }
        """,
        Json.of(object));
  }

  @Test
  void refusesWhatJsonDoesNotHave() {
    assertThrows(IllegalArgumentException.class, () -> Json.of(Map.of("x", new Object())));
  }
}
