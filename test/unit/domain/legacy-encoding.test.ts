import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../shared/domain/text-encoding.ts';
import { encode } from '../../fixtures/encode.ts';

const decode = (bytes: Uint8Array, isCut = false) => decodeText(bytes, TextDecoder, isCut);

/** The runtime's own decoder takes it for Latin-1 in some versions. */
const beyondLatin1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const encodeWestern = (text: string) =>
  Uint8Array.from(
    [...text].map((character) => {
      const place = beyondLatin1.indexOf(character);
      return place === -1 ? character.charCodeAt(0) : place + 0x80;
    }),
  );

const japanese = '監査ログは六年間保存されます。\r\n利用者の登録と削除を確認しました。\r\nアクセス権の見直し: 2026-03-01\r\n';
const chinese = '审计日志应当保存六年。\n用户的登录和删除已经确认,没有发现问题。\n访问权限每季度审查一次。\n';
const traditional = '稽核記錄應該保存六年。\n使用者的登入和刪除已經確認,沒有發現問題。\n存取權限每季審查一次。\n';
const korean = '감사 기록은 육 년 동안 보관합니다.\n사용자 등록과 삭제를 확인하였습니다.\n접근 권한은 분기마다 검토합니다.\n';
const russian = 'Журнал аудита хранится шесть лет.\nПроверена регистрация и удаление пользователей.\nИВАНОВ, Пётр;директор\n';
const greek = 'Το αρχείο καταγραφής φυλάσσεται για έξι χρόνια.\nΕλέγχθηκε η εγγραφή και η διαγραφή χρηστών.\n';
const hebrew = 'יומן הביקורת נשמר במשך שש שנים.\nנבדקו הרישום והמחיקה של משתמשים.\n';
const arabic = 'يتم حفظ سجل التدقيق لمدة ست سنوات.\nتم التحقق من تسجيل المستخدمين وحذفهم.\n';
const thai = 'บันทึกการตรวจสอบถูกเก็บไว้หกปี\nตรวจสอบการลงทะเบียนและการลบผู้ใช้แล้ว\n';
const polish =
  'Dziennik audytu jest przechowywany przez sześć lat. Sprawdzono rejestrację i usuwanie użytkowników, źródło: księgowość w Łodzi.\n';
const czech =
  'Záznam auditu se uchovává šest let. Registrace a odstraňování uživatelů byly ověřeny, přístupová práva jsou čtvrtletně přezkoumávána; příliš žluťoučký kůň.\n';
const turkish =
  'Denetim günlüğü altı yıl saklanır. Kullanıcı kaydı ve silme işlemleri doğrulandı, erişim hakları üç ayda bir gözden geçirilir. Şişli.\n';

describe('a text from before Unicode', () => {
  it.each([
    ['shift_jis', japanese, 'Shift_JIS'],
    ['shift_jis', '氏名,部署\r\n山田太郎,経理部\r\n鈴木花子,総務部\r\n', 'Shift_JIS'],
    ['euc-jp', japanese, 'EUC-JP'],
    ['gbk', chinese, 'GB18030'],
    ['gbk', '姓名,部门\n王小明,财务部\n李红,审计部\n', 'GB18030'],
    ['big5', traditional, 'Big5'],
    ['euc-kr', korean, 'EUC-KR'],
    ['windows-1251', russian, 'windows-1251'],
    ['koi8-r', russian, 'KOI8-U'],
    ['ibm866', russian, 'ibm866'],
    ['iso-8859-5', russian, 'iso-8859-5'],
    ['windows-1253', greek, 'windows-1253'],
    ['windows-1255', hebrew, 'windows-1255'],
    ['windows-1256', arabic, 'windows-1256'],
    ['windows-874', thai, 'windows-874'],
    ['windows-1250', polish, 'windows-1250'],
    ['iso-8859-2', polish, 'iso-8859-2'],
    ['windows-1250', czech, 'windows-1250'],
    ['windows-1254', turkish, 'windows-1254'],
  ])('in %s is read: %j', (label, text, encoding) => {
    expect(decode(encode(text, label))).toEqual({ text, encoding, guessed: true });
    const log = `${'2026-03-01 10:00:00 INFO started\n'.repeat(5000)}${text}`;
    expect(decode(encode(log, label)).text).toBe(log);
  });

  it('in ISO-2022-JP is read by its shifts', () => {
    expect(decode(encode(japanese, 'iso-2022-jp'))).toEqual({ text: japanese, encoding: 'ISO-2022-JP', guessed: false });
    const coloured = '\u001b[31mred\u001b(B plain $B';
    expect(decode(new TextEncoder().encode(coloured))).toEqual({ text: coloured, encoding: 'UTF-8', guessed: false });
  });

  it.each([
    'Die Prüfung der Zugänge für Straße 5, Übergabe: 20 °C, § 164.312 (a) – „erledigt“',
    'L’accès à la base a été vérifié ; cœur du système, « très élevé », Noël, ça.',
    'La contraseña caducó el año pasado. ¿Quién la cambió? ¡Nadie! Núñez, Peña',
    'A verificação não foi concluída: ação, informações, três, à noite, órgão',
    'È già stato verificato perché la città più libertà',
    'Søren Ærø på Åland. Blåbærgrød. Överföring till Malmö, äger, Ångström',
    'Það er í lagi, þú átt að skoða ærið verk Ísafjörður öryggi',
    'Müller;Søren;François;Núñez;Ångström;Þór;Çelik;Peña;São',
    'André, Søren, Hélène, José, Jürgen, Zoë, Siân, Renée',
    '5 µm ± 2 ½ £10 €20 ©2026 ® ™ … • item',
    'é',
    'Ä',
    'naïve',
    '1 m² × 3 m³ = ¾',
    'ÄNDERUNG DER ÜBERPRÜFUNG; GRÖSSE; MASSSTÄBE',
    'Ãñ ñandú açaí',
  ])('from the West stays what it is: %s', (text) => {
    expect(decode(encodeWestern(text))).toEqual({ text, encoding: 'windows-1252', guessed: false });
  });
});

describe('a file that says its encoding', () => {
  it.each([
    ['<?xml version="1.0" encoding="Shift_JIS"?>\n<a>監査</a>', 'shift_jis', 'Shift_JIS'],
    ['<!DOCTYPE html><html><head><meta charset="euc-kr"><title>감사</title>', 'euc-kr', 'EUC-KR'],
    ['<html><head><META http-equiv=Content-Type content="text/html; charset=windows-1251"><p>Да', 'windows-1251', 'windows-1251'],
    ['<html><!-- <meta charset=big5> --><head><meta charset=gb2312><p>审计', 'gbk', 'GBK'],
  ])('is read so: %s', (text, label, encoding) => {
    expect(decode(encode(text, label))).toEqual({ text, encoding, guessed: false });
  });

  it.each([
    ['that nobody knows', '<?xml version="1.0" encoding="klingon"?><a>Prüfung</a>', 'windows-1252'],
    ['that does not fit its bytes', '<?xml version="1.0" encoding="shift_jis"?><a>é è à</a>', 'windows-1252'],
    ['of Unicode, which it is not', '<?xml version="1.0" encoding="UTF-8"?><a>Prüfung</a>', 'windows-1252'],
  ])('%s is read by its bytes', (_, text, encoding) => {
    expect(decode(encode(text, 'windows-1254'))).toMatchObject({ text, encoding });
  });

  it('in UTF-8 is UTF-8 whatever it says, as a redacted copy does', () => {
    const text = '<?xml version="1.0" encoding="Shift_JIS"?><a>監査</a>';
    expect(decode(new TextEncoder().encode(text))).toEqual({ text, encoding: 'UTF-8', guessed: false });
  });

  it('and was cut loses half a character, not the text', () => {
    const bytes = encode(`<?xml version="1.0" encoding="Shift_JIS"?><a>${japanese}`, 'shift_jis');
    for (let cut = 1; cut < 5; cut += 1) {
      const { text, encoding } = decode(bytes.subarray(0, bytes.length - cut), true);
      expect(encoding).toBe('Shift_JIS');
      expect(text).not.toContain('\ufffd');
    }
  });
});
