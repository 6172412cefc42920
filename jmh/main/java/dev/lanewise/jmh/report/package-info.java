// SPDX-License-Identifier: Apache-2.0
/** What a match came to: the table, the JSON file, the losses since an earlier run, pictures. */
package dev.lanewise.jmh.report;
